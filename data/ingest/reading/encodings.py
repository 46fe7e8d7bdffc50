"""The bytes of a text file in, its characters out."""

from __future__ import annotations

from collections import Counter

from data.errors import DamagedText, EmptyFile, NotText, UndecodableText, UnknownEncoding
from data.text import Text

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 BOM",
    "gb18030": "GB18030",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "big5": "Big5",
    "cp1252": "Windows-1252",
}
CODECS = {"big5": "cp950"}
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SIGNATURES = (
    (b"\xff\xd8\xff", Text("JPEG 图片", "a JPEG picture")),
    (b"\x89PNG", Text("PNG 图片", "a PNG picture")),
    (b"GIF8", Text("GIF 图片", "a GIF picture")),
    (b"%PDF", Text("PDF 文档", "a PDF document")),
    (b"II*\0", Text("TIFF 图片", "a TIFF picture")),
    (b"MM\0*", Text("TIFF 图片", "a TIFF picture")),
    (b"Rar!", Text("RAR 压缩包，请先解开", "a RAR archive; unpack it first")),
    (b"7z\xbc\xaf", Text("7z 压缩包，请先解开", "a 7z archive; unpack it first")),
    (
        b"\x00\x00\x27\x0a",
        Text(
            "没有打包的 shapefile，请把同名的 .shp、.dbf、.shx、.prj、.cpg 一起压缩成一个 .zip",
            "a shapefile by itself; pack its .shp, .dbf, .shx, .prj and .cpg into one .zip",
        ),
    ),
    (b"{\\rtf", Text("RTF 文档", "an RTF document")),
)
FILE_TYPE_BOX = b"ftyp"  # of HEIC, MP4 and MOV
PHOTO_OR_FILM = Text(
    "手机的 HEIC 照片或视频，照片请存成 JPEG 再上传", "a HEIC photo or a film of a phone; save a photo as JPEG"
)
BINARY = Text("含有不可见的控制字符", "it holds control characters")
CONTROLS = bytes([*range(9), *range(14, 32), 127])
END_OF_FILE = b"\x1a"
WINDOW = 1_000_000  # bytes; chosen: enough text to judge, so that a large file is not decoded twice
MOSTLY, NEARLY_ALL = 0.5, 0.7  # shares of common Chinese characters; chosen, not measured


def decode_text(name: str, raw: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the encoding and the text of a file, without a byte order mark.

    Raises EmptyFile, NotText, UnknownEncoding, DamagedText; UndecodableText for a declared encoding that does not fit.
    """
    for signature, found in SIGNATURES:
        if raw.startswith(signature):
            raise NotText(name=name, found=found)
    if raw.startswith(bytes(3)) and raw[4:8] == FILE_TYPE_BOX:
        raise NotText(name=name, found=PHOTO_OR_FILM)
    raw = raw.rstrip(END_OF_FILE)
    encoding, content = _decode_as_declared(name, raw, declared) if declared else _detect_encoding(name, raw)
    if not content or content.isspace():
        raise EmptyFile(name=name)
    if _has_control_characters(raw if encoding in ("utf-8", "utf-8-sig", "gb18030") else content.encode()):
        raise NotText(name=name, found=BINARY)
    return encoding, content.removeprefix("\ufeff")


def _has_control_characters(raw: bytes) -> bool:
    return len(raw.translate(None, CONTROLS)) != len(raw)


def _decode_or_none(raw: bytes, encoding: str) -> str | None:
    """Return the text under an encoding, or None if it does not fit."""
    try:
        return raw.decode(CODECS.get(encoding, encoding))
    except UnicodeDecodeError:
        return None


def _decode_as_declared(name: str, raw: bytes, encoding: str) -> tuple[str, str]:
    """Return the text under a declared encoding; UTF-16 has a zero byte in every digit, comma and line end."""
    is_possible = encoding in ENCODING_NAMES and (0 in raw or not encoding.startswith("utf-16"))
    content = _decode_or_none(raw, encoding) if is_possible else None
    if content is None:
        raise UndecodableText(name=name, encoding=ENCODING_NAMES.get(encoding, encoding))
    return encoding, content


def _detect_encoding(name: str, raw: bytes) -> tuple[str, str]:
    """Try the encodings that Chinese offices write, strictest first; some put the mark of UTF-8 before GBK."""
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS if raw.startswith(mark)]
    for encoding in marked or [*_utf16_candidates(raw), "utf-8"]:
        content = _decode_or_none(raw, encoding)
        if content is not None:
            return encoding, content
    if "utf-16" in marked:
        raise UnknownEncoding(name=name)
    return "gb18030", _decode_gb18030(name, raw.removeprefix(BYTE_ORDER_MARKS[0][0]))


def _utf16_candidates(raw: bytes) -> list[str]:
    """Return the kind of UTF-16 that the zero bytes of digits, codes and line ends show, if any."""
    zeros = raw.count(0) if 0 in raw[:WINDOW] else 0
    if zeros * 20 <= len(raw) or len(raw) % 2:
        return []
    low = raw[::2].count(0)
    if 20 * min(low, zeros - low) > zeros:
        return []
    encoding = "utf-16-be" if 2 * low > zeros else "utf-16-le"
    is_chinese = _common_chinese_share(raw[:WINDOW].decode(encoding, "ignore")) > NEARLY_ALL
    return [encoding] if is_chinese else []


def _decode_gb18030(name: str, raw: bytes) -> str:
    """Return the text of a file in GB18030; raises DamagedText, UnknownEncoding."""
    first = _first_non_utf8(raw)
    _refuse_damaged_utf8(name, raw[max(first - WINDOW, 0) : first + WINDOW])
    content = _decode_or_none(raw, "gb18030")
    if content is None or _common_chinese_share(content[first // 2 : first + WINDOW]) < MOSTLY:
        raise UnknownEncoding(name=name)
    return content


def _first_non_utf8(raw: bytes) -> int:
    """Return where the first byte stands that is not UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(raw)


def _refuse_damaged_utf8(name: str, raw: bytes) -> None:
    """Refuse a UTF-8 text with some broken bytes, which GB18030 would read as other characters.

    Characters of three bytes hardly ever come about in GB18030 text that is read as UTF-8.
    """
    content = raw.decode("utf-8", errors="replace")
    broken = content.count("\ufffd")
    if sum(1 for char in content if char >= "\u0800") - broken > broken:
        raise DamagedText(name=name, count=broken)


def _common_chinese_share(content: str) -> float:
    """Return which share of the characters beyond ASCII are common Chinese ones, those of GB 2312.

    A Western or Japanese text that is read as GB18030, or any as UTF-16, shows mostly rare ones.
    """
    counts = {char: count for char, count in Counter(content).items() if char > "\x7f"}
    common = sum(count for char, count in counts.items() if char.encode("gb2312", "ignore"))
    return common / sum(counts.values()) if counts else 1.0
