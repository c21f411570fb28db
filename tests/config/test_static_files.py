"""Style sheets that are named by their content come from memory, before Django."""

import gzip

from torg.config.static_files import StaticFiles

STYLE = b"body { margin: 0 } " * 100


def ask(found, path, method="GET", headers=()):
    return found.find({"type": "http", "method": method, "path": path, "headers": list(headers)})


def test_a_file_named_by_its_content_is_sent_as_the_browser_takes_it_and_kept_for_good(tmp_path):
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "torg.0123456789ab.css").write_bytes(STYLE)
    (tmp_path / "ui" / "torg.0123456789ab.css.gz").write_bytes(gzip.compress(STYLE))
    (tmp_path / "ui" / "torg.css").write_bytes(STYLE)
    files = StaticFiles(tmp_path, "/static/")

    start, body = ask(files, "/static/ui/torg.0123456789ab.css", headers=[(b"accept-encoding", b"gzip")])
    _, plain = ask(files, "/static/ui/torg.0123456789ab.css")
    unchanged, _ = ask(files, "/static/ui/torg.0123456789ab.css", headers=[(b"if-none-match", b'"0123456789ab"')])

    headers = dict(start["headers"])
    assert gzip.decompress(body["body"]) == plain["body"] == STYLE and unchanged["status"] == 304
    assert headers[b"content-type"] == b"text/css" and b"immutable" in headers[b"cache-control"]


def test_what_has_another_name_or_is_asked_in_another_way_is_left_to_django(tmp_path):
    (tmp_path / "torg.css").write_bytes(STYLE)
    files = StaticFiles(tmp_path, "/static/")

    assert ask(files, "/static/torg.css") is None and ask(files, "/static/torg.css", "POST") is None
    assert ask(StaticFiles(tmp_path / "absent", "/static/"), "/static/../secret") is None
