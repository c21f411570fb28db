"""The municipality's page and its citizens: what can happen there, and the events that tell of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from devtools.graph_standin import events, names
from devtools.graph_standin.clock import Clock
from devtools.graph_standin.records import (
    OUR_APP_ID,
    Comment,
    Event,
    Fault,
    Message,
    Person,
    Photo,
    Post,
    Reaction,
    State,
    Thread,
    Video,
)

Node = Post | Comment | Photo | Video | Thread | Message | Person


@dataclass
class Settings:
    """What the person who starts the stand-in, or a test, decides."""

    app_secret: str = "standin-app-secret"
    verify_token: str = "standin-verify-token"
    webhook_url: str | None = None
    must_prove: bool = False
    """Refuse calls without `appsecret_proof`, as an app can demand in its own settings."""
    batch_size: int = 1
    """Most updates in one delivery; Facebook goes up to 1000."""
    app_usage: int = 0
    """Per cent in X-App-Usage; the header is absent at 0."""
    page_usage: int = 0
    """Per cent in X-Business-Use-Case-Usage; the header is absent at 0."""
    regain_minutes: int = 0
    film_seconds: int = 0
    """How long Facebook works on a film that has come."""


@dataclass
class World:
    """One page with all that happened on it. Not for several threads: the server's loop is the only caller."""

    state: State = field(default_factory=State)
    settings: Settings = field(default_factory=Settings)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.untold: list[Event] = []
        self.faults: list[Fault] = []
        self.is_changed = False
        self.traces = 0
        self.rebuild_index()

    def rebuild_index(self) -> None:
        rows: Iterable[Node] = [
            *self.state.posts,
            *self.state.comments,
            *self.state.photos,
            *self.state.videos,
            *self.state.threads,
            *self.state.messages,
            *self.state.people,
        ]
        self.index: dict[str, Node] = {row.id: row for row in rows}

    def find(self, node_id: str) -> Node | None:
        """The living record with this id; what is deleted is gone."""
        node = self.index.get(node_id)
        return None if getattr(node, "is_deleted", False) else node

    def happened(self, event: Event | None) -> None:
        self.is_changed = True
        if event and event.field in self.state.subscribed_fields:
            self.untold.append(event)

    def author_name(self, author_id: str) -> str:
        if author_id == self.state.page.id:
            return self.state.page.name
        person = self.index.get(author_id)
        return person.name if isinstance(person, Person) else ""

    # People

    def person_named(self, name: str) -> Person:
        """The citizen of that name, made on first mention."""
        for person in self.state.people:
            if person.name == name:
                return person
        number = names.person_id(self.state)
        person = Person(id=number, name=name, app_scoped_id=str(int(number) // 2))
        self.state.people.append(person)
        self.index[person.id] = person
        self.is_changed = True
        return person

    # Posts and photos

    def add_photo(self, *, name: str, source: str, alt_text: str | None, is_published: bool) -> Photo:
        photo = Photo(names.photo_id(self.state), name, source, self.clock.now(), is_published, alt_text)
        self.state.photos.append(photo)
        self.index[photo.id] = photo
        self.is_changed = True
        return photo

    def add_video(self, size: int) -> Video:
        video = Video(names.photo_id(self.state), self.clock.now(), size)
        self.state.videos.append(video)
        self.index[video.id] = video
        self.is_changed = True
        return video

    def show_video(self, video: Video) -> None:
        """Publish it in a post of its own."""
        video.is_published = True
        video.post_id = self.add_post(self.state.page.id, video.description, video_id=video.id, app_id=OUR_APP_ID).id

    def delete_video(self, video: Video) -> None:
        video.is_deleted = True
        post = self.find(video.post_id or "")
        if isinstance(post, Post):
            self.delete_post(post)

    def add_post(self, author_id: str, message: str, *, photos: Iterable[Photo] = (), **more: Any) -> Post:
        now = self.clock.now()
        post = Post(names.post_id(self.state), author_id, message, now, now, **more)
        for photo in photos:
            post.photo_ids.append(photo.id)
            photo.post_id = post.id
            photo.is_published = post.is_published
        self.state.posts.append(post)
        self.index[post.id] = post
        self.happened(events.of_post(self, post, "add") if post.is_published else None)
        return post

    def edit_post(self, post: Post, message: str) -> None:
        post.message, post.updated = message, self.clock.now()
        self.happened(events.of_post(self, post, "edited"))

    def publish_post(self, post: Post) -> None:
        post.is_published, post.scheduled_for = True, None
        post.created = post.updated = self.clock.now()
        self.happened(events.of_post(self, post, "add"))

    def publish_what_is_due(self) -> None:
        for post in self.state.posts:
            if post.scheduled_for and not post.is_deleted and post.scheduled_for <= self.clock.now():
                self.publish_post(post)

    def hide_post(self, post: Post, hidden: bool) -> None:
        if post.is_hidden != hidden:
            post.is_hidden = hidden
            self.happened(events.of_post(self, post, "hide" if hidden else "unhide"))

    def delete_post(self, post: Post) -> None:
        post.is_deleted = True
        for comment in self.state.comments:
            if comment.post_id == post.id:
                comment.is_deleted = True
        self.happened(events.of_removed_post(self, post))

    # Comments

    def add_comment(self, target: Post | Comment, author_id: str, message: str, **more: Any) -> Comment:
        """A comment on a post, or a reply to a comment; a reply to a reply joins the same branch, as on Facebook."""
        post_id, parent_id = target.id, None
        if isinstance(target, Comment):
            post_id, parent_id = target.post_id, target.parent_id or target.id
        number = names.comment_id(self.state, post_id)
        comment = Comment(number, post_id, author_id, message, self.clock.now(), parent_id, **more)
        self.state.comments.append(comment)
        self.index[comment.id] = comment
        self.happened(events.of_comment(self, comment, "add"))
        return comment

    def edit_comment(self, comment: Comment, message: str) -> None:
        comment.earlier.append(comment.message)
        comment.message = message
        self.happened(events.of_comment(self, comment, "edited"))

    def hide_comment(self, comment: Comment, hidden: bool) -> None:
        if comment.is_hidden != hidden:
            comment.is_hidden = hidden
            self.happened(events.of_comment(self, comment, "hide" if hidden else "unhide"))

    def delete_comment(self, comment: Comment, by: str) -> None:
        """Takes its replies with it; only the comment itself is told of."""
        comment.is_deleted = True
        for reply in self.state.comments:
            if reply.parent_id == comment.id:
                reply.is_deleted = True
        self.happened(events.of_removed_comment(self, comment, by))

    def replies_to(self, node: Post | Comment | Photo) -> list[Comment]:
        """Living comments under a post (all levels) or under a comment."""
        key = node.post_id if isinstance(node, Photo) else node.id
        return [row for row in self.state.comments if not row.is_deleted and key in (row.post_id, row.parent_id)]

    def react(self, target: Post | Comment, person_id: str, kind: str | None) -> None:
        """Gives, changes or (None) takes back a person's reaction."""
        found = [row for row in self.state.reactions if (row.target_id, row.person_id) == (target.id, person_id)]
        verb = "add"
        if found:
            self.state.reactions.remove(found[0])
            verb = "edit"
        if kind is None:
            verb = "remove"
        else:
            self.state.reactions.append(Reaction(target.id, person_id, kind))
        self.happened(events.of_reaction(self, target, person_id, verb, kind or "like"))

    # Messenger

    def thread_with(self, person: Person) -> Thread:
        for thread in self.state.threads:
            if thread.person_id == person.id:
                return thread
        thread = Thread(names.thread_id(self.state), person.id, self.clock.now(), owner_app_id=OUR_APP_ID)
        self.state.threads.append(thread)
        self.index[thread.id] = thread
        return thread

    def add_message(self, thread: Thread, text: str, *, is_from_page: bool, **more: Any) -> Message:
        now = self.clock.now()
        message = Message(names.message_id(self.state), thread.id, is_from_page, text, now, **more)
        self.state.messages.append(message)
        self.index[message.id] = message
        thread.updated = now
        if not is_from_page:
            thread.last_inbound = now
        self.happened(events.of_message(self, message))
        if is_from_page:
            self.happened(events.of_arrival(self, message))
        return message

    def edit_message(self, message: Message, text: str) -> None:
        message.text = text
        message.edits += 1
        self.happened(events.of_edited_message(self, message))

    def unsend_message(self, message: Message) -> None:
        message.is_deleted = True
        self.happened(events.of_unsent_message(self, message))

    def react_to_message(self, message: Message, reaction: str | None) -> None:
        message.reaction = reaction
        self.happened(events.of_message_reaction(self, message))

    def read_thread(self, thread: Thread) -> None:
        thread.read_until = self.clock.now()
        self.happened(events.of_reading(self, thread))

    def messages_in(self, thread: Thread) -> list[Message]:
        return [row for row in self.state.messages if row.thread_id == thread.id and not row.is_deleted]

    def next_trace(self) -> str:
        self.traces += 1
        return names.trace_id(self.traces)
