"""The official schemas that Torg knows: name, namespace, version, SHA-256 and where each is published."""

from dataclasses import dataclass

_N5 = "http://www.arkivverket.no/standarder/noark5/"
_TJ = "http://www.arkivverket.no/standarder/noark5/tj/"
_FIKS = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/"
_GEO = "http://rep.geointegrasjon.no/"


@dataclass(frozen=True, slots=True)
class Family:
    """Schemas that are published together and refer to each other by file name."""

    key: str
    title: str
    published_at: str


@dataclass(frozen=True, slots=True)
class Published:
    """One official schema file; `sha256` is that of its bytes as published."""

    family: Family
    name: str
    version: str
    namespace: str
    sha256: str

    @property
    def title(self) -> str:
        """What a reader calls it: “Noark 5 5.0 arkivstruktur.xsd”."""
        return " ".join(part for part in (self.family.title, self.version, self.name) if part)


NOARK5 = Family("n5-v5.0", "Noark 5", "https://github.com/nasjonalarkivet/schemas/tree/master/N5/v5.0")
FAMILIES = (
    NOARK5,
    Family("addml", "ADDML", "https://github.com/nasjonalarkivet/schemas/tree/master/ADDML"),
    Family("dias", "DIAS", "https://github.com/nasjonalarkivet/schemas"),
    Family(
        "arkivmelding-eformidling",
        "eFormidling arkivmelding",
        "https://github.com/felleslosninger/efm-integrasjonspunkt/tree/main/nextmove/src/main/xsd",
    ),
    Family("fiks-arkiv-v1", "Fiks Arkiv", "https://github.com/ks-no/fiks-arkiv-specification/tree/main/Schema/V1"),
    Family(
        "n5-api",
        "Noark 5 tjenestegrensesnitt",
        "https://github.com/arkivverket/noark5-tjenestegrensesnitt-standard/tree/master/xsd",
    ),
)
_FAMILY = {family.key: family for family in FAMILIES}


def _known(family: str, name: str, version: str, namespace: str, sha256: str) -> Published:
    return Published(_FAMILY[family], name, version, namespace, sha256)


PUBLISHED = (
    _known(
        "n5-v5.0",
        "arkivstruktur.xsd",
        "5.0",
        _N5 + "arkivstruktur",
        "77acc0f549f4f3856f56429cb30e6b626ddb05d8b8a3d6cae00cb5911b60f58c",
    ),
    _known(
        "n5-v5.0",
        "endringslogg.xsd",
        "5.0",
        _N5 + "endringslogg",
        "07cbc86e8b3c4b42ed831cdd5c09aa402a2c4049bbca2d287e184f3138edf1de",
    ),
    _known(
        "n5-v5.0",
        "loependeJournal.xsd",
        "5.0",
        _N5 + "loependeJournal",
        "a631f05eac6496394e78597ac7d20d9e1269fcaccb6d1a8f5c50c75e53384f27",
    ),
    _known(
        "n5-v5.0",
        "metadatakatalog.xsd",
        "5.0",
        _N5 + "metadatakatalog",
        "c7c0a7e7996f60b4c28eacd0e34e6af0d6ca2cfb76f58080221e163fb972a305",
    ),
    _known(
        "n5-v5.0",
        "offentligJournal.xsd",
        "5.0",
        _N5 + "offentligJournal",
        "e3d9befccf53255be8233d2836ef1de35d9270d95bb3bcbd58ca63544fe170b3",
    ),
    _known(
        "addml",
        "addml-8.2.xsd",
        "8.2",
        "http://www.arkivverket.no/standarder/addml",
        "4dc20e5dbf21e94cf211464e9a60b99acd24c45b46ecbf872a32fe2384b904e6",
    ),
    _known(
        "addml",
        "addml-8.3.xsd",
        "8.3",
        "http://www.arkivverket.no/standarder/addml",
        "ae2c4c9be0c1f4f291be36db3dfc069085f35eb515b072d3b1230ac89647d5dd",
    ),
    _known(
        "dias",
        "DIAS_METS.xsd",
        "",
        "http://arkivverket.no/standarder/METS",
        "6d2a718014c8cde1c44e82f884cb66fe4c7c01b296f17c3b91c5e7036015233a",
    ),
    _known(
        "dias",
        "DIAS_PREMIS.xsd",
        "",
        "http://arkivverket.no/standarder/PREMIS",
        "5131975b732ca285dbb4dfdafd85dde122eb384db3984e9aec2598057671e017",
    ),
    _known(
        "dias",
        "submissionDescription.xsd",
        "",
        "http://www.loc.gov/METS/",
        "55f36c2d16628b225c4782dd6129da227cc9dad436ec2ce27243b476ebaa71b8",
    ),
    _known(
        "dias",
        "xlink.xsd",
        "",
        "http://www.w3.org/1999/xlink",
        "f1f5bb6003165cdd8f6c1fcc32f8fd1f965e1681010f3b9806d9460bcffa8a3c",
    ),
    _known(
        "arkivmelding-eformidling",
        "arkivmelding.xsd",
        "1",
        _N5 + "arkivmelding",
        "579ec5d1e1ed650e8bbd9a50efe56c62f687484f4c038f9ecf2e2e49bb0e600b",
    ),
    _known(
        "arkivmelding-eformidling",
        "metadatakatalog.xsd",
        "1",
        _N5 + "metadatakatalog",
        "29cab7473ed02bb0dc2b1b7ec7573cd60c1c1c2141439af3b4af883f454c86b4",
    ),
    _known(
        "fiks-arkiv-v1",
        "arkivstruktur.xsd",
        "1",
        _FIKS + "arkivstruktur/v1",
        "c5dcafc391e598aad35eb353ba34c8baf717f397daaf9bd8ebb6cbf1e0b7f77c",
    ),
    _known(
        "fiks-arkiv-v1",
        "arkivstrukturMinimum.xsd",
        "1",
        _FIKS + "arkivstruktur/minimum/v1",
        "21797733780eee4b341104244d52bb3dfee3a73b0fd55af24538b2ae104cb50e",
    ),
    _known(
        "fiks-arkiv-v1",
        "arkivstrukturNoekler.xsd",
        "1",
        _FIKS + "arkivstruktur/noekler/v1",
        "d4368988fb2ad31fac8237ca2becc3b42ff16a786c5ad619a6f072a1ff580f7a",
    ),
    _known(
        "fiks-arkiv-v1",
        "feilmeldingBase.xsd",
        "1",
        _FIKS + "feil/feilmelding/v1",
        "214f17561dca9c3a331d09bf9c2de4ae1e5eb6e40d55f00af837462fe2c1c7e0",
    ),
    _known(
        "fiks-arkiv-v1",
        "kodelister.xsd",
        "1",
        _FIKS + "kodelister/v1",
        "e12433b338932b677a513db40905e22698647e5cf6e0013f2c23b5c4b32a3c1f",
    ),
    _known(
        "fiks-arkiv-v1",
        "metadatakatalog.xsd",
        "1",
        _FIKS + "metadatakatalog/v1",
        "2cbf035f92da01294491b063a3178d590f6bcdc2fd9ffe151759dd94effc5afa",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.oppdater.xsd",
        "1",
        _FIKS + "arkivmelding/oppdater/v1",
        "214bf9a71ab8766eb32cb492cc04190d21315e999d04b120ae5c0e7acf3a5639",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.kvittering.xsd",
        "1",
        _FIKS + "arkivmelding/opprett/kvittering/v1",
        "34bf1146702b89c61e7804a70e484de43ace9834b13a46ace58fffe12e5a4106",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd",
        "1",
        _FIKS + "arkivmelding/opprett/v1",
        "8ee82ed82d83c5c657cb6019e8a4b325a7f0647016a19f583fc6a5f9c3710841",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.avskrivning.opprett.xsd",
        "1",
        _FIKS + "avskrivning/opprett/v1",
        "3822451f6475b679b60a2314a2d882f0b0ae29d876cda1afe11914a710738dbc",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.avskrivning.slett.xsd",
        "1",
        _FIKS + "avskrivning/slett/v1",
        "d779fe284fa8aa3558c09f8413dbff1ed2fd150c9277a1a6d632084f2adac0f1",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.dokumentobjekt.opprett.kvittering.xsd",
        "1",
        _FIKS + "dokumentobjekt/opprett/kvittering/v1",
        "23b53dd2f645529a1c36757344f4ed0dfcc4ea9a994bd0c53983b79597f6f4d6",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.arkivering.dokumentobjekt.opprett.xsd",
        "1",
        _FIKS + "dokumentobjekt/opprett/v1",
        "0ae01150b2a386158a23880bb3733309bcbda9736b911cfb15e387953dc7df4b",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.feilmelding.ikkefunnet.xsd",
        "1",
        _FIKS + "feil/ikkefunnet/v1",
        "bfdb9795f6bd0795d6924698df4a095c16391638ca9fbf1190ad9ade59a81383",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.feilmelding.serverfeil.xsd",
        "1",
        _FIKS + "feil/serverfeil/v1",
        "a5e219937b9521f3868c0077a02caddfd615122ec8a73f4ac76a8fbf71567a52",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.feilmelding.ugyldigforespoersel.xsd",
        "1",
        _FIKS + "feil/ugyldigforespoersel/v1",
        "ca1606d1722750628e7ee5f31974abec9ec30beae2ccd61c787c8e5ff6c0f186",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.dokumentfil.hent.xsd",
        "1",
        _FIKS + "dokumentfil/hent/v1",
        "d8496b56e4782f17b22e383f8ec05ed1847cbb5a38a7a012056ccc7983e8b248",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.kodeliste.hent.resultat.xsd",
        "1",
        _FIKS + "kodeliste/hent/resultat/v1",
        "e20c89fee78670540d0b1420dd4481b6dac73210e0717c46df247a2ac70d3d1d",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.kodeliste.hent.xsd",
        "1",
        _FIKS + "kodeliste/hent/v1",
        "89a5e3a83cab0f37c6fa85b712a9e9f2878f5f78a33fe7f93d0896bd65772864",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.mappe.hent.resultat.xsd",
        "1",
        _FIKS + "mappe/hent/resultat/v1",
        "042448d046de8018bb7093cf3b5a03fa7b8228e7569c163f8880abaf797b75e6",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.mappe.hent.xsd",
        "1",
        _FIKS + "mappe/hent/v1",
        "3d0834d005139b597467313dbd5e9535b5179ed441154327ec5fe63fff045025",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.registrering.hent.resultat.xsd",
        "1",
        _FIKS + "registrering/hent/resultat/v1",
        "94cf8160b3b6a4aba43a35ff0dcc09c661c5f7213501cf10ff609dbafacaf03f",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.registrering.hent.xsd",
        "1",
        _FIKS + "registrering/hent/v1",
        "b8ac0b62e9b83dd107b04a4c952c6c4d3221fe4d36765654077b45c52a12762e",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.sok.resultat.minimum.xsd",
        "1",
        _FIKS + "sokeresultat/minimum/v1",
        "e5733fcebe15945b86d417c0d5a2bd2d693bc495772da6a1dff599859f12b34b",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.sok.resultat.noekler.xsd",
        "1",
        _FIKS + "sokeresultat/noekler/v1",
        "cebda47136c4395634d1a8b5385f4dd426743e7145b3b2844da17b6bdc0c2911",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.sok.resultat.utvidet.xsd",
        "1",
        _FIKS + "sokeresultat/utvidet/v1",
        "3bc045dd8264247434ecb36023ea926c3576d054781f5d5ff713c8a25fe8e0cf",
    ),
    _known(
        "fiks-arkiv-v1",
        "no.ks.fiks.arkiv.v1.innsyn.sok.xsd",
        "1",
        _FIKS + "sok/v1",
        "ba98de5401b0207766b04b65d4d0442b8855777bbff4a8263e4b2de6651bd25a",
    ),
    _known(
        "n5-api",
        "Geometri.xsd",
        "1.1",
        _GEO + "Felles/Geometri/xml.schema/2012.01.31",
        "7f43638aa5f5132e309c6ca7304decc6d5b2c893f1a47f160e5b0006a3a48d3b",
    ),
    _known(
        "n5-api",
        "Kodeliste.xsd",
        "1.1",
        _GEO + "Felles/Kodeliste/xml.schema/2012.01.31",
        "8bac23e8686fd2b7e6ae0c3332433a443a7174357d0ff4fcc8679f6344243cdc",
    ),
    _known(
        "n5-api",
        "MatrikkelFelles.xsd",
        "1.1",
        _GEO + "Matrikkel/Felles/xml.schema/2012.01.31",
        "798f5902cd5a4cd006c2c3922678dee107fc99f3994c2346924fb4bc04d592fc",
    ),
    _known(
        "n5-api",
        "PlanFelles.xsd",
        "1.1",
        _GEO + "Plan/Felles/xml.schema/2012.01.31",
        "a196ce91be9cef13a61e7245ca7d177484da6325ad05969f3f7a7fe01f76b662",
    ),
    _known(
        "n5-api", "admin.xsd", "1.1", _TJ + "admin", "222e42eaa8a53b27ac5eab0d4db653bfa30b4231dd96c49da7987ba1e477aa9e"
    ),
    _known(
        "n5-api",
        "arkivstruktur.xsd",
        "1.1",
        _TJ + "arkivstruktur",
        "041c6934b175f984de03023c12ab563942b8eccc052e51a46190daf5340cae6e",
    ),
    _known(
        "n5-api",
        "giFellesGeometri20120131.xsd",
        "1.1",
        _GEO + "Felles/Geometri/xml.schema/2012.01.31",
        "af8bfd2ad20e12adaef695555795f9aee84a1b0be2595e71b16ba6fff929a87c",
    ),
    _known(
        "n5-api",
        "giFellesKodeliste20120131.xsd",
        "1.1",
        _GEO + "Felles/Kodeliste/xml.schema/2012.01.31",
        "19b4b921edf27e10aa7844476a0ed3fcc330ac73e3debea5624a3935ebea6882",
    ),
    _known(
        "n5-api",
        "giMatrikkelFelles20120131.xsd",
        "1.1",
        _GEO + "Matrikkel/Felles/xml.schema/2012.01.31",
        "6b5811e1ef1f8fda4d50151e567a590526c9d30cfeb751a52f204b7f55fe950c",
    ),
    _known(
        "n5-api",
        "giPlanFelles20120131.xsd",
        "1.1",
        _GEO + "Plan/Felles/xml.schema/2012.01.31",
        "1136080053d8f3dfbef7c45e5602ce3ba1bda5ad3cf401c76db158544a4dfa17",
    ),
    _known(
        "n5-api",
        "loggingogsporing.xsd",
        "1.1",
        _TJ + "loggingogsporing",
        "0d537b3484aba9af01dc507ef77217f04f580bf4cb8e11c7516385968a0473f9",
    ),
    _known(
        "n5-api",
        "metadata.xsd",
        "1.1",
        _TJ + "metadata",
        "6209625bac69a7a900f8a9c275080cbaa2834382f139db90a872255f7858d9c2",
    ),
    _known(
        "n5-api",
        "rest.xsd",
        "1.1",
        "http://www.kxml.no/rest/1.0",
        "259c2b91199898e68c7703156731309ace8bafd1b87e4b08cab468013b23e15a",
    ),
    _known(
        "n5-api",
        "sakarkiv.xsd",
        "1.1",
        _TJ + "sakarkiv",
        "3b8c50516669c2fbe5986b17b5c35ec4440d1a6b5109d460be2df4374b476d6a",
    ),
    _known("n5-api", "vsm.xsd", "1.1", _TJ + "vsm", "15d2652bf46fdb97f9755e45dfdee713d841278d4f013aaeecd32154825099f6"),
)


def of_family(key: str) -> tuple[Published, ...]:
    """Every schema of one family."""
    return tuple(one for one in PUBLISHED if one.family.key == key)


def of_namespace(namespace: str) -> tuple[Published, ...]:
    """The schemas that declare a namespace, newest version first."""
    found = [one for one in PUBLISHED if one.namespace == namespace]
    return tuple(sorted(found, key=lambda one: one.version, reverse=True))
