"""Which headings are those of a column about a person, in Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from data.text import Text
from data.traditional import to_simplified

NAME = Text("姓名", "names of persons")
IDENTITY = Text("证件号码", "identity numbers")
PHONE = Text("电话", "telephone numbers")
ADDRESS = Text("住址", "home addresses")
RELATIVE = Text("亲属关系", "relatives")
ACCOUNT = Text("银行账户", "bank accounts")

PERSON = (
    "户主|房主|屋主|房东|住户|租户|租客|产权人|所有权人|使用权人|权利人|共有人|共有权人|继承人|被征收人|被拆迁人|被搬迁人|承租人"
    "|当事人|代理人|委托代理人|签约人|签字人|被走访人|受访人|联系人|投诉人|信访人|来访人|上访人|反映人|举报人|法定代表人|法人代表"
)
KINDS: tuple[tuple[Text, re.Pattern[str]], ...] = (
    (PHONE, re.compile(
        r".*(?:电话|手机|联系方式|联系号码|固话|座机|微信|微信号)(?:号|号码)?"
        r"|(?:.* )?(?:tel|telephone|phone|mobile|mobile phone|cell|cell phone|cellphone)(?: ?(?:no|number|nr))?"
        r"|contact (?:no|number)"
        r"|(?:.* )?contact (?:details|information)|wechat(?: id)?"
    )),
    (IDENTITY, re.compile(
        r".*(?:身份证|证件号|身份号码|公民身份|护照号|驾驶证号|户口簿|户口本).*|证件编号"
        r"|(?:.* )?(?:id|id card|identity|identity card|national id|passport)(?: ?(?:no|number|nr))"
        r"|(?:.* )?(?:id card|identity card|national id|passport|identification number)"
    )),
    (ACCOUNT, re.compile(
        r".*(?:银行卡|银行[账帐][号户]|[账帐]号|卡号|开户行|开户银行|开户名|开户人|收款人|持卡人).*|户名"
        r"|(?:.* )?(?:bank account|bank card|card number|account number|account no|account name|iban)"
        r"(?: ?(?:no|number))?"
    )),
    (ADDRESS, re.compile(
        r".*(?:住址|门牌|门牌号|门牌号码|室号|户籍地|户籍所在地|居住地)"
        r"|(?:家庭|详细|居住|户籍|通讯|通信|联系|房屋|住房|现|身份证|本人|收件|户主)?地址|房屋坐落(?:地址)?"
        r"|(?:home|full|residential|street|postal|mailing|house|detailed) address|house number|door number"
    )),
    (RELATIVE, re.compile(
        r"(?:配偶|亲属|直系亲属|家属|家庭成员|子女|父母|父亲|母亲|儿子|女儿|妻子|丈夫|老伴|人脉|关系人|社会关系)(?:姓名|情况|关系|信息)?"
        r"|.*(?:人脉|关系人)|与?户主(?:的)?关系"
        r"|spouse|wife|husband|relatives?|next of kin|family members?|children|parents"
    )),
    (NAME, re.compile(
        rf".*(?:姓名|名字).*|(?:{PERSON})(?:名|名称)?|(?:现|原|紧急)(?:{PERSON})"
        r"|(?:full|first|last|given|family|person|householder|owner|tenant|resident|occupant|contact|applicant)s? name"
        r"|(?:.* )?(?:householder|head of household|household head|contact person|surname)|contact|tenant|landlord"
    )),
)  # fmt: skip
IN_COMPANY: tuple[tuple[Text, frozenset[str]], ...] = (
    (NAME, frozenset({"name", "owner", "业主", "法人"})),
    (ADDRESS, frozenset({"address"})),
)  # of a firm or a house as well, so that they say nothing by themselves
EVERYWHERE = re.compile(r".*(?:姓名|身份证号|身份证号码|家庭住址)")
STEMS = tuple(stem.encode() for stem in ("姓名", "身份证", "家庭住址"))
NOT_A_PERSON = re.compile(r".*(?:数|人数|户数|次数|率|比例|是否.*|日期|时间)$")
LONGEST_LABEL = 40  # characters; chosen: above any heading about a person
INVISIBLE_OR_BLANK = re.compile(r"[\s\xad\u200b-\u200f\u2060\ufeff*:'\"“”]")
LAST_BRACKETS = re.compile(r"[(\[【<《]([^()\[\]【】<>《》]*)[)\]】>》]")
PARTS = re.compile(r"[/、,，;；&+|\\]|[和及与或]")
LABELLED = re.compile(r"([^:：]{1,20})[:：]\s*\S")
BILINGUAL = re.compile(r"(?<=[\u4e00-\u9fff])\s*(?=[a-z])|(?<=[a-z.])\s*(?=[\u4e00-\u9fff])")  # 姓名 Name
OF_OFFICE = re.compile(r"联系|电话|手机|contact|tel|phone", re.I)
NUMBERED = re.compile(r"^[\d.]+|[\d.]+$")


@lru_cache(maxsize=4096)
def person_kind(heading: str) -> Text | None:
    """Return what of a person a column of that heading holds; None for any other column."""
    if not heading or len(heading) > LONGEST_LABEL:
        return None
    return next((kind for part in _parts_of_heading(heading) if (kind := _kind_of_part(part))), None)


def kind_in_company(heading: str) -> Text | None:
    """Return what a heading holds beside columns about persons, though by itself it may be one of a firm."""
    parts = _parts_of_heading(heading) if len(heading) <= LONGEST_LABEL else []
    return next((kind for kind, words in IN_COMPANY if words & set(parts)), None)


def kind_of_label(cell: str) -> Text | None:
    """Return what a title says of a person: 户主：某人; whom to call about a report (联系人：某人) is none of them."""
    found = LABELLED.match(cell)
    is_office = found is not None and OF_OFFICE.search(found[1])
    return person_kind(found[1]) if found and not is_office else None


def is_heading_everywhere(cell: str) -> bool:
    """Tell whether a cell is such a heading wherever it stands: no word among the data reads like it."""
    return person_kind(cell) is not None and any(map(EVERYWHERE.fullmatch, _parts_of_heading(cell)))


def _parts_of_heading(heading: str) -> list[str]:
    """Return the names in a heading: what stands before its brackets and in them, and what a stroke divides."""
    plain = to_simplified(unicodedata.normalize("NFKC", heading)).lower().replace("_", " ")
    brackets = LAST_BRACKETS.findall(plain)
    outside = LAST_BRACKETS.sub("", plain)
    inside = [content for content in brackets if not PARTS.search(content)]
    written = [outside, *PARTS.split(outside), *inside]
    whole = [*written, *(part for each in written for part in BILINGUAL.split(each, maxsplit=1))]
    return [part for each in whole if (part := _bare_part(each))]


def _bare_part(written: str) -> str:
    """Return a name without blanks, but for those between words of the Latin alphabet."""
    shown = written.strip(" \t\r\n.。").replace("'s", "")
    is_latin = shown.isascii() and any(map(str.isalpha, shown))
    return " ".join(re.sub(r"[^a-z ]", " ", shown).split()) if is_latin else _bare_chinese(shown)


def _bare_chinese(shown: str) -> str:
    return NUMBERED.sub("", INVISIBLE_OR_BLANK.sub("", shown))


def _kind_of_part(part: str) -> Text | None:
    if NOT_A_PERSON.fullmatch(part):
        return None
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(part)), None)
