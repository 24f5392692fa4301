# SPDX-License-Identifier: Apache-2.0
"""The files of a built site, each with what a reader's browser must hear of it: the same as on one
machine (src/site/catalogue.cpp, src/site/mime.cpp). tests/deploy/files_test.py compares the two."""

import base64
import dataclasses
import hashlib
import pathlib
import re

PAGES = "public, max-age=0, stale-if-error=86400"
FINGERPRINTED = "public, max-age=31536000, immutable"
OTHERS = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400"

UNKNOWN = "application/octet-stream"
TYPES = {
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "geojson": "application/geo+json",
    "webmanifest": "application/manifest+json",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "asc": "text/plain; charset=utf-8",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xslt+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xhtml": "application/xhtml+xml; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "ico": "image/x-icon",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "jxl": "image/jxl",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "zip": "application/zip",
    "gz": "application/gzip",
    "epub": "application/epub+zip",
}

FINGERPRINT = re.compile(r".+\.([0-9a-f]{8,})\.[^.]+", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class File:
    key: str
    path: pathlib.Path
    content_type: str
    cache_control: str
    md5: bytes

    @property
    def etag(self) -> str:
        """As S3 has it for what was uploaded in one piece and is encrypted by S3 itself."""
        return self.md5.hex()

    @property
    def md5_header(self) -> str:
        return base64.b64encode(self.md5).decode()

    @property
    def is_page(self) -> bool:
        return self.content_type.startswith("text/html")


def type_of(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    return TYPES.get(extension.lower(), UNKNOWN) if stem and dot else UNKNOWN


def is_fingerprinted(name: str) -> bool:
    """Digits alone are a date far more often than a hash."""
    found = FINGERPRINT.fullmatch(name)
    return found is not None and re.search(r"[a-f]", found[1], re.IGNORECASE) is not None


def cache_control_of(name: str) -> str:
    if type_of(name).startswith("text/html"):
        return PAGES
    return FINGERPRINTED if is_fingerprinted(name) else OTHERS


def read(folder: pathlib.Path) -> list[File]:
    """What a reader may ask for, sorted. Not what begins with a dot, but for .well-known; nor what was
    compressed before, since CloudFront compresses itself and has no way to choose."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    known = set(names)
    return [_file(folder, name) for name in names if not _hidden(name) and not _compressed(name, known)]


def _hidden(name: str) -> bool:
    top, *below = name.split("/")
    return (top.startswith(".") and top != ".well-known") or any(part.startswith(".") for part in below)


def _compressed(name: str, known: set[str]) -> bool:
    return name.endswith((".br", ".gz")) and name[:-3] in known


def _file(folder: pathlib.Path, name: str) -> File:
    last = name.rpartition("/")[2]
    with open(folder / name, "rb") as opened:
        digest = hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False)).digest()
    return File(name, folder / name, type_of(last), cache_control_of(last), digest)
