"""The stand-in's own page: what a citizen would see, and forms to write as one. Works without JavaScript."""

from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from devtools.graph_standin import links, visitors
from devtools.graph_standin.records import Comment, Delivery, Message, Post, Thread, Video
from devtools.graph_standin.world import World

OSLO = ZoneInfo("Europe/Oslo")
SHOWN_DELIVERIES = 30
SHOWN_COMMENTS = 50
REFRESH = 5
STATUS_WORDS = {"WAITING": "venter", "DELIVERED": "levert", "DROPPED": "gitt opp"}
ACTS = ("comment", "reply", "post", "message", "edit", "delete", "reaction", "hide")


def at(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(OSLO)
    return f'<time datetime="{moment.isoformat(timespec="seconds")}">{moment:%d.%m.%Y kl. %H.%M.%S}</time>'


def form(act: str, button: str, *, target: str = "", text: str | None = None, name: str | None = None) -> str:
    """One act of a citizen; `text` None has no box to write in, `name` None asks for no name."""
    label = escape(button)
    rows = [f'<form method="post" action="/innbygger/{act}" class="act">']
    if target:
        rows.append(f'<input type="hidden" name="target" value="{escape(target)}">')
    if name is not None:
        rows.append(f'<label>Navn <input name="name" value="{escape(name)}" required></label>')
    if text is not None:
        rows.append(f'<label>Tekst <textarea name="text" rows="2" required>{escape(text)}</textarea></label>')
    rows.append(f"<button>{label}</button></form>")
    return "".join(rows)


def folded(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


class PageViews:
    """The page at / and the forms that it posts."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[Route]:
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/innbygger/{act}", self.act, methods=["POST"]),
        ]

    async def act(self, request: Request) -> Response:
        act = request.path_params["act"]
        content: dict[str, Any] = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        if act not in ACTS:
            return HTMLResponse("Finnes ikke", status_code=404)
        try:
            visitors.ACTS[act](self.world, content)
        except LookupError:
            return HTMLResponse("Det du ville endre, finnes ikke lenger. <a href='/'>Til siden</a>", status_code=404)
        return RedirectResponse(f"/#{content.get('target', '')}", status_code=303)

    async def show(self, request: Request) -> Response:
        is_refreshing = "oppdater" in request.query_params
        refresh = f'<meta http-equiv="refresh" content="{REFRESH}">' if is_refreshing else ""
        toggle = ("/", "Stopp oppdatering") if is_refreshing else ("/?oppdater", f"Oppdater hvert {REFRESH}. sekund")
        page = self.world.state.page
        html = f"""<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(page.name)} – øvingsside</title>{refresh}
<link rel="icon" href="/static/picture.svg"><link rel="stylesheet" href="/static/standin.css"></head><body>
<p class="banner"><strong>Øvingsside – ikke Facebook.</strong> Kommunen og alle menneskene her er oppdiktet.</p>
<header class="cover"><div class="crest" aria-hidden="true">E</div><div><h1>{escape(page.name)}</h1>
<p>@{escape(page.username)} · {escape(page.about)}</p></div>
<a class="toggle" href="{toggle[0]}">{toggle[1]}</a></header>
<div class="columns"><main><h2>Innlegg</h2>{self.posts()}</main>
<aside>{self.new_post()}<section><h2>Messenger</h2>{self.threads()}</section>
<section><h2>Leveringer</h2>{self.deliveries()}</section></aside></div></body></html>"""
        return HTMLResponse(html)

    def new_post(self) -> str:
        content = form("post", "Legg ut", text="", name="Kari Påfunnsen")
        return f"<section>{folded('Skriv på siden som innbygger', content)}</section>"

    def posts(self) -> str:
        rows = [row for row in self.world.state.posts if row.is_published and not row.is_deleted]
        rows.sort(key=lambda row: row.created, reverse=True)
        return "".join(self.post(row) for row in rows) or '<p class="empty">Ingen innlegg ennå.</p>'

    def post(self, row: Post) -> str:
        everything = self.world.replies_to(row)
        answers = [one for one in everything if one.parent_id is None]
        older = len(answers) - SHOWN_COMMENTS
        above = f'<p class="empty">{older} eldre kommentarer vises ikke her.</p>' if older > 0 else ""
        pictures = "".join(self.photo(photo_id) for photo_id in row.photo_ids)
        pictures += self.video(row.video_id) if row.video_id else ""
        hidden = '<p class="mark">Skjult innlegg</p>' if row.is_hidden else ""
        new_comment = form("comment", "Kommenter", target=row.id, text="", name="Test Testesen")
        link = f'<p><a href="{escape(row.link)}" rel="noreferrer">{escape(row.link)}</a></p>' if row.link else ""
        return (
            f'<article class="post{" hidden-one" if row.is_hidden else ""}" id="{row.id}">{hidden}'
            f"{self.byline(row.author_id, row.created)}<p class='text' dir='auto'>{escape(row.message)}</p>{link}"
            f"{pictures}<p class='counts'>{self.counts(row, len(everything))}</p>{above}"
            f"<ol class='comments'>{''.join(self.comment(one) for one in answers[-SHOWN_COMMENTS:])}</ol>"
            f"{folded('Kommenter som innbygger', new_comment)}</article>"
        )

    def photo(self, photo_id: str) -> str:
        alt = getattr(self.world.index.get(photo_id), "alt_text_custom", None)
        caption = f"Alternativ tekst: {alt}" if alt else "Uten alternativ tekst"
        source = links.photo_source(self.world, photo_id)
        return (
            f'<figure><img src="{escape(source)}" alt="{escape(alt or "")}">'
            f"<figcaption>{escape(caption)}</figcaption></figure>"
        )

    def video(self, video_id: str) -> str:
        """A film is only told of: its bytes are not kept."""
        film = self.world.index[video_id]
        assert isinstance(film, Video)
        spoken = ", ".join(film.captions) or "ingen"
        return f'<p class="film">▶ {escape(film.title)} · {film.size} byte · teksting: {escape(spoken)}</p>'

    def counts(self, row: Post, comments: int) -> str:
        reactions = sum(one.target_id == row.id for one in self.world.state.reactions)
        return f"{reactions} reaksjoner · {comments} kommentarer"

    def byline(self, author_id: str, created: float) -> str:
        is_page = author_id == self.world.state.page.id
        name = escape(self.world.author_name(author_id))
        mark = ' <span class="badge">Siden</span>' if is_page else ""
        return f'<p class="byline"><strong>{name}</strong>{mark} {at(created)}</p>'

    def comment(self, row: Comment) -> str:
        replies = "".join(self.comment(one) for one in self.world.replies_to(row))
        edited = f' <span class="mark">Redigert {len(row.earlier)}×</span>' if row.earlier else ""
        hidden = '<span class="mark">Skjult: bare den som skrev, og vennene, ser dette</span>' if row.is_hidden else ""
        picture = f'<img src="{escape(row.attachment_url)}" alt="">' if row.attachment_url else ""
        return (
            f'<li id="{row.id}"><div class="bubble{" hidden-one" if row.is_hidden else ""}">{hidden}'
            f"{self.byline(row.author_id, row.created)}<p class='text' dir='auto'>{escape(row.message)}</p>"
            f"{picture}{edited}</div>{self.comment_acts(row)}<ol>{replies}</ol></li>"
        )

    def comment_acts(self, row: Comment) -> str:
        acts = form("reply", "Svar", target=row.id, text="", name="Test Testesen")
        if row.author_id != self.world.state.page.id:
            acts += form("edit", "Lagre endring", target=row.id, text=row.message)
            acts += form("delete", "Slett egen kommentar", target=row.id)
        return folded("Svar eller endre", acts)

    def threads(self) -> str:
        rows = sorted(self.world.state.threads, key=lambda row: row.updated, reverse=True)
        new = folded("Ny melding som innbygger", form("message", "Send", text="", name="Test Testesen"))
        return new + ("".join(self.thread(row) for row in rows) or '<p class="empty">Ingen samtaler ennå.</p>')

    def thread(self, row: Thread) -> str:
        name = self.world.author_name(row.person_id)
        messages = "".join(self.message(one) for one in self.world.messages_in(row))
        answer = folded(f"Skriv som {name}", form("message", "Send", text="", name=name))
        return f'<details open class="thread"><summary>{escape(name)}</summary><ol>{messages}</ol>{answer}</details>'

    def message(self, row: Message) -> str:
        side = "ours" if row.is_from_page else "theirs"
        edited = f' <span class="mark">Redigert {row.edits}×</span>' if row.edits else ""
        return f'<li class="{side}"><p class="text" dir="auto">{escape(row.text)}</p>{at(row.created)}{edited}</li>'

    def deliveries(self) -> str:
        rows = self.world.state.deliveries[-SHOWN_DELIVERIES:][::-1]
        address = escape(self.world.settings.webhook_url or "ingen adresse")
        if not rows:
            return f'<p class="empty">Ingen ennå. Går til: {address}</p>'
        lines = "".join(self.delivery(row) for row in rows)
        return (
            f"<p>Går til: <code>{address}</code></p><table><thead><tr><th>Tid</th><th>Gjelder</th><th>Forsøk</th>"
            f"<th>Svar</th></tr></thead><tbody>{lines}</tbody></table>"
        )

    def delivery(self, row: Delivery) -> str:
        word = STATUS_WORDS[row.status]
        return (
            f'<tr class="{row.status.lower()}"><td>{at(row.made)}</td><td>{escape(", ".join(sorted(set(row.fields))))}'
            f"</td><td>{row.attempts}</td><td>{word} {escape(row.answer)}</td></tr>"
        )
