"""Made-up tables and documents for the tests of the readers. No office has issued these numbers to these people."""

from __future__ import annotations

import gzip
import io

import pyarrow as pa

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.types import Refusal
from qiantang.kernel.numbers import cn_check_character

HEADER = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl."
COLUMNS = HEADER.split(",")
_FAMILY = "王李张刘陈杨黄赵吴周"
_GIVEN = ("测", "试甲", "样", "例乙", "假", "设丙", "虚", "拟丁")
_OWNERS = ("示例甲科技有限公司", "虚构理工大学", "样本乙机械厂有限公司", "假想丙研究院")


def application(serial: int, kind: str = "1") -> str:
    body = f"2018{kind}{serial:07d}"
    return body + cn_check_character(body)


def row(n: int) -> list[str]:
    """Row n of a table of inventions: the fields in the order of COLUMNS."""
    inventors = [_FAMILY[n % 10] + _GIVEN[n % 8], _FAMILY[(n + 3) % 10] + _GIVEN[(n + 5) % 8]][: 1 + n % 2]
    owner = inventors[0] if n % 5 == 4 else _OWNERS[n % 4]
    return [
        str(n),
        f"一种用于第{n}号试验的装置及其方法",
        f"CN19999{n:04d}A",
        "2019.07.12",
        application(9_990_000 + n),
        f"2018.{1 + n % 12:02d}.{1 + n % 28:02d}",
        owner,
        ";??".join(inventors) + (";" if n % 3 == 0 else ""),
        f"3100{n % 100:02d}浙江省杭州市虚构区样例路{n}号" if n % 4 else "美国加利福尼亚州",
        f"G06F{n % 40 + 1}/00(2006.01)I;\u2002H04L{n % 60 + 1}/12(2006.01)I",
    ]


def rows(count: int) -> list[list[str]]:
    return [row(n) for n in range(1, count + 1)]


def table(lines: list[list[str]], header: list[str] | None = None, encoding: str = "gb18030") -> bytes:
    return "\n".join([",".join(header or COLUMNS), *(",".join(line) for line in lines), ""]).encode(encoding)


def read(content: bytes, name: str = "table.csv", reader=None) -> tuple[list[dict], list[Refusal]]:
    """All observations and refusals of a content, through the reader that recognises it."""
    head, stream = read_head(io.BytesIO(content))
    found = reader or recognise(head, name)
    batches = list(found.read(stream, name))
    observed = [row for batch in batches for row in pa.Table.from_batches([batch.observations]).to_pylist()]
    return observed, [refusal for batch in batches for refusal in batch.refused]


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def builder() -> BatchBuilder:
    return BatchBuilder()


DOCUMENT = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE business:PatentDocumentAndRelated SYSTEM "/DTDS/none-of-ours.dtd"[]>
<business:PatentDocumentAndRelated xmlns:base="urn:base" xmlns:business="urn:business" lang="zh" country="CN" \
docNumber="199990001" kind="A" datePublication="20190712">
  <business:BibliographicData>
    <business:PublicationReference dataFormat="original" sequence="1">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>199990001</base:DocNumber>\
<base:Kind>A</base:Kind><base:Date>20190712</base:Date></base:DocumentID>
    </business:PublicationReference>
    <business:PublicationReference dataFormat="standard" sequence="1">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>199990001</base:DocNumber>\
<base:Kind>A</base:Kind><base:Date>20190712</base:Date></base:DocumentID>
    </business:PublicationReference>
    <business:ApplicationReference applType="10" dataFormat="original" sequence="1">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>{application}</base:DocNumber>\
<base:Date>{filed}</base:Date></base:DocumentID>
    </business:ApplicationReference>
    <business:ApplicationReference applType="10" dataFormat="standard" sequence="1">
      <base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>{standard}</base:DocNumber>\
<base:Date>{filed}</base:Date></base:DocumentID>
    </business:ApplicationReference>
    <business:ClassificationIPCRDetails>
      <business:ClassificationIPCR sequence="1"><business:IPCVersionDate>20060101</business:IPCVersionDate>\
<business:Section>G</business:Section><business:MainClass>06</business:MainClass><business:Subclass>F</business:Subclass>\
<business:MainGroup>17</business:MainGroup><business:Subgroup>00</business:Subgroup></business:ClassificationIPCR>
      <business:ClassificationIPCR sequence="2"><base:Text>H04L   27/26    (2006.01)</base:Text></business:ClassificationIPCR>
    </business:ClassificationIPCRDetails>
    <business:InventionTitle lang="zh">一种虚构的装置</business:InventionTitle>
    <business:PriorityDetails>
      <business:Priority kind="international" dataFormat="original" sequence="1"><base:WIPOST3Code>US</base:WIPOST3Code>\
<base:DocNumber>62/999,999</base:DocNumber><base:Date>20170801</base:Date></business:Priority>
      <business:Priority kind="international" dataFormat="standard" sequence="1"><base:WIPOST3Code>US</base:WIPOST3Code>\
<base:DocNumber>102017000999999</base:DocNumber><base:Date>20170801</base:Date></business:Priority>
    </business:PriorityDetails>
    <business:ReferencesCited>
      <business:Citation srepPhase="SEA" sequence="1"><business:ApplicationCitation>
        <business:PublicationReference dataFormat="standard"><base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code>\
<base:DocNumber>199980002</base:DocNumber><base:Kind>A</base:Kind><base:Date>20100101</base:Date></base:DocumentID>\
</business:PublicationReference></business:ApplicationCitation></business:Citation>
    </business:ReferencesCited>
    <business:Parties>
      <business:ApplicantDetails>
        <business:Applicant sequence="1"><base:AddressBook lang="zh"><base:Name>示例甲科技有限公司</base:Name>
          <base:Address><base:Street>0</base:Street><base:County>虚构区</base:County><base:City>杭州市</base:City>\
<base:Province>浙江省</base:Province><base:PostCode>310099</base:PostCode><base:WIPOST3Code>CN</base:WIPOST3Code>\
<base:Text>310099 浙江省杭州市虚构区样例路1号</base:Text></base:Address></base:AddressBook></business:Applicant>
        <business:Applicant sequence="2"><base:AddressBook lang="zh"><base:Name>虚构理工大学</base:Name>
          <base:Address><base:Street>0</base:Street><base:County>虚构区</base:County><base:City>杭州市</base:City>\
<base:Province>浙江省</base:Province><base:PostCode>0</base:PostCode><base:Text>0</base:Text></base:Address>\
</base:AddressBook></business:Applicant>
      </business:ApplicantDetails>
      <business:InventorDetails>
        <business:Inventor sequence="1"><base:AddressBook><base:Name>王测试</base:Name></base:AddressBook></business:Inventor>
        <business:Inventor sequence="2"><base:AddressBook><base:Name>不公告发明人</base:Name></base:AddressBook></business:Inventor>
      </business:InventorDetails>
      <business:AgentDetails>
        <business:Agent sequence="1"><business:Agency><base:AddressBook><base:OrganizationName>杭州虚构专利代理事务所(普通合伙) 33999\
</base:OrganizationName></base:AddressBook></business:Agency><base:AddressBook><base:Name>李样例</base:Name></base:AddressBook>\
</business:Agent>
      </business:AgentDetails>
    </business:Parties>
  </business:BibliographicData>
  <business:Abstract lang="zh">
    <base:Paragraphs num="0001">第一段，采用“
            <base:Image file="IMG1.TIF"/>”字型散热片。</base:Paragraphs>
    <base:Paragraphs num="0002">第二段 N<base:Sub>b</base:Sub>-1。</base:Paragraphs>
    <business:AbstractFigure><base:Figure num="0001"><base:Image file="ABSTRACT.TIF"/></base:Figure></business:AbstractFigure>
  </business:Abstract>
  <business:Description lang="zh">
    <business:TechnicalField><base:Paragraphs id="d0">属于虚构领域。</base:Paragraphs></business:TechnicalField>
    <business:Disclosure><base:Paragraphs id="d1">内容。</base:Paragraphs></business:Disclosure>
  </business:Description>
  <business:Drawings>
    <base:Figure num="0001" figureLabels="图1"><base:Image file="FIG1.TIF"/></base:Figure>
    <base:Figure num="0002" figureLabels="图2"><base:Image file="FIG2.TIF"/></base:Figure>
  </business:Drawings>
  <business:Claims lang="zh">
    <business:Claim num="0001"><business:ClaimText>1、一种装置，其特征在于，包括：</business:ClaimText>
      <business:ClaimText>壳体，<base:MathDetails><base:MathText><![CDATA[<math>x</math>]]></base:MathText></base:MathDetails>以及盖。\
</business:ClaimText></business:Claim>
    <business:Claim num="0002"><business:ClaimText>2.如权利要求1所述的装置。</business:ClaimText></business:Claim>
  </business:Claims>
</business:PatentDocumentAndRelated>
"""


def document(serial: int = 9_990_001, filed: str = "20180801", **replaced: str) -> str:
    number = application(serial)
    standard = f"102018{int(number[5:12]):09d}"
    text = DOCUMENT.format(application=f"{number[:12]}.{number[12]}", standard=standard, filed=filed)
    for old, new in replaced.values() if replaced else ():
        text = text.replace(old, new)
    return text
