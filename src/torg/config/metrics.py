"""What a web process counts, for Prometheus."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
ANSWERED = Counter("torg_http_answers", "Answers by part and class of status", ["part", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "torg_http_seconds",
    "Seconds until the answer was complete",
    ["part"],
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
STREAMS = Gauge("torg_live_streams", "Open live streams", registry=REGISTRY)
LISTENING = Gauge("torg_live_listening", "1 when the process listens to the database", registry=REGISTRY)
LIVE = "/events"
_STORED = {status: ANSWERED.labels(part="stored", status=f"{status // 100}xx") for status in (200, 304)}


def count_request(part: str, status: int, seconds: float) -> None:
    """Count one answer. A live stream lasts as long as its reader and says nothing about speed."""
    ANSWERED.labels(part=part, status=f"{status // 100}xx").inc()
    if part != LIVE:
        SECONDS.labels(part=part).observe(seconds)


def count_stored(status: int) -> None:
    """Count an answer that lay ready. It takes microseconds: what would be measured is the measuring."""
    _STORED[status].inc()


def text(*, open_streams: int, is_listening: bool) -> tuple[bytes, str]:
    """Everything counted, and its media type."""
    STREAMS.set(open_streams)
    LISTENING.set(is_listening)
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
