"""Films on a page: put there where nobody sees them, given their captions, and shown when Facebook has made them ready.

Everything but the last step may be repeated: what was begun is known by its handle, and looked at first.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from torg.connectors import contract
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import Object, as_address, as_id, as_list, as_object, as_text
from torg.connectors.contract import Act, ActKind, CaptionFile, Done, Film, Match
from torg.connectors.texts import is_same_text

FIELDS = "id,description,published,status,post_id,permalink_url"
# Facebook says which part it wants next; what asks for more than this at once is not believed.
LARGEST_PART = 64 * 1024 * 1024
# As Facebook names languages; a file of captions says its own in its name.
LOCALES = {
    "nb": "nb_NO", "nn": "nn_NO", "en": "en_US", "se": "se_NO",
    "uk": "uk_UA", "pl": "pl_PL", "ar": "ar_AR", "so": "so_SO",
}  # fmt: skip
PART, SUBRIP = "application/octet-stream", "application/x-subrip"


def publish(graph: Graph, act: Act) -> Done:
    """Show a film, once; raises Temporary while Facebook still works on it."""
    film = _film(act)
    _check_language(film)
    video = _standing(graph, film.handle) or graph.get(_put(graph, act, film), fields=FIELDS)
    if video.get("published") is not True:
        _check_ready(video, film)
        _complete(graph, str(video["id"]), film)
        graph.post(str(video["id"]), {"published": True})
        video = _read_back(graph, str(video["id"]))
    return Done(_post_of(graph, video), permalink=_address(video), at=graph.now())


def _standing(graph: Graph, handle: str) -> Object | None:
    """What an earlier attempt put there, if it came there whole."""
    if not handle:
        return None
    try:
        video = graph.get(handle, fields=FIELDS)
    except contract.Gone:
        return None
    upload = as_text(as_object(as_object(video.get("status")).get("uploading_phase")).get("status"))
    return video if upload in (None, "complete") else None


def _put(graph: Graph, act: Act, film: Film) -> str:
    """Send the film in parts; returns its handle."""
    if film.place is None:
        raise contract.Refused("The film is no longer in the library.")
    path, size = f"{act.account_id}/videos", film.place.stat().st_size
    begun = graph.put(path, {"upload_phase": "start", "file_size": str(size)})
    handle, session = as_id(begun.get("video_id")), as_id(begun.get("upload_session_id"))
    if handle is None or session is None:
        raise contract.Temporary("Facebook did not say where the film should go.")
    film.remember(handle)
    _send(graph, path, session, film.place, begun)
    told = {"title": film.title, "description": act.text or "", "published": "false"}
    graph.put(path, {"upload_phase": "finish", "upload_session_id": session, **told})
    return handle


def _send(graph: Graph, path: str, session: str, place: Path, wanted: Object) -> None:
    first, end = _stretch(wanted)
    with place.open("rb") as file:
        while first < end:
            file.seek(first)
            part = file.read(min(end - first, LARGEST_PART))
            body = {"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(first)}
            before = first
            first, end = _stretch(graph.put(path, body, {"video_file_chunk": ("film.mp4", part, PART)}))
            if first <= before and first < end:
                raise contract.Temporary("Facebook asks for the same part of the film again.")


def _stretch(told: Object) -> tuple[int, int]:
    """From and until which byte Facebook wants next; the same number twice when it has all."""
    first, end = as_id(told.get("start_offset")) or "", as_id(told.get("end_offset")) or ""
    if not (first.isdecimal() and end.isdecimal()):
        raise contract.Temporary("Facebook did not say which part of the film it wants.")
    return int(first), int(end)


def _check_ready(video: Object, film: Film) -> None:
    """Raise Temporary while Facebook works on it, and Refused when it cannot."""
    stage = as_text(as_object(video.get("status")).get("video_status"))
    if stage in ("error", "upload_failed", "expired"):
        film.remember("")
        raise contract.Refused("Facebook could not read the film.", code=stage)
    if stage != "ready":
        raise contract.Temporary("Facebook is still working on the film.", code=stage)


def _complete(graph: Graph, handle: str, film: Film) -> None:
    """Captions and poster, read back: raises Temporary when a language is not there yet, so that nobody is left out."""
    _give_poster(graph, handle, film)
    give_captions(graph, handle, film.captions)
    there = {as_text(one.get("locale")) for one in map(as_object, as_list(graph.get(f"{handle}/captions").get("data")))}
    if not {LOCALES[one.language] for one in _known(film.captions)} <= there:
        raise contract.Temporary("Facebook does not show the captions yet.")


def _give_poster(graph: Graph, handle: str, film: Film) -> None:
    if film.poster is not None:
        picture = (film.poster.file_name, film.poster.content, film.poster.media_type)
        graph.put(f"{handle}/thumbnails", {"is_preferred": "true"}, {"source": picture})


def give_captions(graph: Graph, handle: str, captions: tuple[CaptionFile, ...]) -> None:
    """Each language in a file of its own, in place of what there was; the first is shown unless people choose."""
    for one in _known(captions):
        file = (f"captions.{LOCALES[one.language]}.srt", one.srt.encode(), SUBRIP)
        body = {"default_locale": LOCALES[captions[0].language]}
        graph.put(f"{handle}/captions", body, {"captions_file": file})


def _check_language(film: Film) -> None:
    if film.captions and film.captions[0].language not in LOCALES:
        raise contract.Refused(f"Facebook has no captions in the language {film.captions[0].language}.")


def _known(captions: tuple[CaptionFile, ...]) -> list[CaptionFile]:
    """Those in languages that Facebook has captions in; on our own site all are there."""
    return [one for one in captions if one.language in LOCALES]


def _read_back(graph: Graph, handle: str) -> Object:
    try:
        return graph.get(handle, fields=FIELDS)
    except contract.ChannelError as error:
        # It is shown: whoever says that it failed shows it again.
        raise contract.Ambiguous("Facebook shows the film, and does not say where.", code=error.code) from error


def _post_of(graph: Graph, video: Object) -> str:
    """The post that people see and comment on; its id begins with the page's, as in all that Facebook tells of it."""
    own = as_id(video.get("post_id"))
    if own is None:
        return str(video["id"])
    return own if "_" in own else f"{graph.access.page_id}_{own}"


def _address(video: Object) -> str | None:
    told = as_text(video.get("permalink_url"))
    # Of films Facebook tells the path only.
    return as_address(f"https://www.facebook.com{told}" if told and told.startswith("/") else told)


def _edit(graph: Graph, act: Act) -> Done:
    """The text last: by it a look tells whether all is done, and what comes before may be repeated."""
    film = _film(act)
    _check_language(film)
    _give_poster(graph, film.handle, film)
    give_captions(graph, film.handle, film.captions)
    graph.post(film.handle, {"description": act.text or ""})
    return Done(act.target_id, at=graph.now())


def _delete(graph: Graph, act: Act) -> Done:
    if graph.delete(_film(act).handle).get("success") is False:
        raise contract.Refused("Facebook says that it did not do it.")
    return Done(act.target_id, at=graph.now())


def _film(act: Act) -> Film:
    if act.film is None or (act.kind is not ActKind.PUBLISH and not act.film.handle):
        raise contract.Refused("Nobody knows what the film is called on Facebook.")
    return act.film


def _published(graph: Graph, act: Act) -> Iterator[Match]:
    video = _standing(graph, _film(act).handle)
    if video is not None and video.get("published") is True:
        yield Match(_post_of(graph, video), permalink=_address(video))


def _edited(graph: Graph, act: Act) -> Iterator[Match]:
    video = graph.get(_film(act).handle, fields=FIELDS)
    if is_same_text(as_text(video.get("description")), act.text):
        yield Match(str(act.target_id), is_what_was_acted_on=True)


def _deleted(graph: Graph, act: Act) -> Iterator[Match]:
    try:
        graph.get(_film(act).handle, fields="id")
    except contract.Gone:
        yield Match(str(act.target_id), is_what_was_acted_on=True)


ACTS: Mapping[ActKind, Callable[[Graph, Act], Done]] = {
    ActKind.PUBLISH: publish,
    ActKind.EDIT: _edit,
    ActKind.DELETE: _delete,
}
LOOKS: Mapping[ActKind, Callable[[Graph, Act], Iterator[Match]]] = {
    ActKind.PUBLISH: _published,
    ActKind.EDIT: _edited,
    ActKind.DELETE: _deleted,
}
