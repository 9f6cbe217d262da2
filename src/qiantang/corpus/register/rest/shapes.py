"""The JSON of patents, lists and holdings. Members may be added, these stay."""

from __future__ import annotations

from pydantic import Field

from qiantang.commons.catalogue.bases import Answer, Day


class Classification(Answer):
    scheme: str = Field(description="`ipc`, `cpc` or `locarno`.")
    symbol: str
    edition: str | None
    first: bool


class Publication(Answer):
    number: str = Field(description="Without kind code.")
    kind: str | None = Field(description="WIPO ST.16.")
    date: Day | None


class Event(Answer):
    code: str = Field(description="The office's own.")
    date: Day | None = Field(description="When it took effect.")
    gazette_date: Day | None = Field(description="When it was announced.")
    text: str | None = Field(description="As published.")


class Status(Answer):
    value: str = Field(description="`unknown` where the sources do not tell.")
    since: Day | None
    as_of: Day = Field(description="The day for which this holds.")
    expiry_date: Day | None
    flags: list[str] = Field(description="`pledged`, `licensed`, `open_licence`, `preserved`, `suspended`.")
    events: list[Event]


class Region(Answer):
    code: str | None = Field(description="GB/T 2260, on the day of the address.")
    name: str | None
    confidence: float | None = Field(description="0 to 1.")


class Claim(Answer):
    number: int | None
    text: str
    refers_to: list[int]


class CitationLink(Answer):
    number: str | None = Field(description="As cited; null for literature.")
    patent_id: str | None = Field(description="Where the register has the patent.")
    origin: str | None = Field(description="Who cites: `examiner`, `applicant` …")
    category: str | None = Field(description="`X`, `Y`, `A` …")
    date: Day | None
    text: str | None = Field(description="Literature as cited.")


class CitationsInBrief(Answer):
    backward: list[CitationLink]
    forward: list[CitationLink]


class FamilyInBrief(Answer):
    simple: str | None = Field(description="As a source states it.")
    extended: str | None = Field(description="As a source states it.")
    members: list[str] = Field(description="Numbers of the simple family, this one included.")


class SourceRow(Answer):
    source: str = Field(description="SHA-256 of the source file.")
    row: int
    reader: str
    rank: int
    as_of: Day | None
    digest: str


class Patent(Answer):
    patent_id: str
    numbers: list[str]
    type: str | None = Field(description="`invention`, `utility_model`, `design`, `plant`.")
    title: str | None
    abstract: str | None
    applicants: list[str]
    inventors: list[str]
    classifications: list[Classification]
    filing_date: Day | None
    publications: list[Publication]
    status: Status
    region: Region
    claims: list[Claim]
    citations: CitationsInBrief
    family: FamilyInBrief
    disputed: list[str] = Field(description="Fields on which sources disagree.")
    sources: list[SourceRow]
    snapshot: int | None


class Citations(Answer):
    patent_id: str
    direction: str
    total: int = Field(description="All there are; at most 2,000 citing patents are listed.")
    snapshot: int | None
    items: list[CitationLink]
    next: str | None


class FamilyMember(Answer):
    patent_id: str
    number: str
    office: str
    title: str | None
    filing_date: Day | None
    status: str


class Family(Answer):
    patent_id: str
    scheme: str
    family_id: str | None = Field(description="Null: no other member is possible.")
    total: int
    snapshot: int | None
    items: list[FamilyMember]
    next: str | None


class Events(Answer):
    patent_id: str
    status: str
    as_of: Day
    total: int
    snapshot: int | None
    items: list[Event]
    next: str | None


class CoverageCell(Answer):
    office: str
    type: str
    year: int | None = Field(description="Of filing.")
    patents: int


class FormatCoverage(Answer):
    format: str
    rank: int | None
    files: int
    read: int
    refused: int
    last_load_at: str


class Coverage(Answer):
    snapshot: int
    patents: int
    cells: list[CoverageCell]
    filled: dict[str, int] = Field(description="Patents that have the field.")
    formats: list[FormatCoverage]
    last_load_at: str | None


class Snapshot(Answer):
    number: int
    parent: int | None
    published_at: str
    patents: int
    touched: int = Field(description="Patents it changed.")
    loads: list[int]
    synthetic: bool = Field(description="Made of invented data.")
    layers: int
    pinned: str | None = Field(description="Why it is kept whatever pruning would do.")


class Snapshots(Answer):
    total: int
    items: list[Snapshot]
    next: str | None


class CheckDigit(Answer):
    given: str | None
    expected: str | None
    valid: bool | None = Field(description="Null where it cannot be judged.")


class Number(Answer):
    input: str
    office: str
    role: str
    type: str | None
    scheme: str
    canonical: str
    kind: str | None
    check_digit: CheckDigit | None
    valid: bool
    readings: list[str] = Field(description="Every reading, the best first.")


class PartyName(Answer):
    name: str = Field(description="As filed.")
    rule: str = Field(description="Why it belongs to this party; empty for the first name.")
    confidence: float
    patents: int | None


class PartyLink(Answer):
    party_id: int
    name: str
    kind: str
    since: Day | None
    until: Day | None


class Party(Answer):
    party_id: int
    name: str
    names: list[PartyName]
    above: list[PartyLink] = Field(description="What it belongs to.")
    below: list[PartyLink] = Field(description="What belongs to it; at most 100.")
    below_total: int
    as_filed: int | None = Field(description="Patents under the first name alone.")
    harmonised: int | None = Field(description="Patents under any of its names.")
    with_group: int | None = Field(description="The same with its parts and subsidiaries.")
    snapshot: int | None


class DumpFile(Answer):
    name: str
    href: str = Field(description="Where the file is fetched.")
    rows: int | None = Field(description="Null for what is no table.")
    size_bytes: int
    sha256: str | None


class Dump(Answer):
    name: str
    snapshot: int
    created_at: str = Field(description="When the snapshot was published.")
    synthetic: bool = Field(description="Made of invented data.")
    files: list[DumpFile]


class Dumps(Answer):
    total: int
    items: list[Dump]
    next: str | None
