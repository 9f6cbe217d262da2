"""Made-up documents in the forms of the USPTO. No office has issued these numbers to these people."""

from __future__ import annotations

GRANT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v45-2014-04-03.dtd" [ ]>
<us-patent-grant lang="EN" dtd-version="v4.5 2014-04-03" country="US">
<us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>{number}</doc-number><kind>{kind}</kind>\
<date>20380105</date></document-id></publication-reference>
<application-reference appl-type="utility"><document-id><country>US</country><doc-number>97{serial:06d}</doc-number>\
<date>20360229</date></document-id></application-reference>
<us-application-series-code>97</us-application-series-code>
<priority-claims><priority-claim sequence="01" kind="national"><country>KR</country>\
<doc-number>10-2035-9990001</doc-number><date>20350301</date></priority-claim></priority-claims>
<classifications-ipcr>
<classification-ipcr><ipc-version-indicator><date>20060101</date></ipc-version-indicator><section>B</section>\
<class>66</class><subclass>C</subclass><main-group>1</main-group><subgroup>10</subgroup></classification-ipcr>
<classification-ipcr><ipc-version-indicator><date>20130101</date></ipc-version-indicator><section>F</section>\
<class>16</class><subclass>H</subclass><main-group>25</main-group><subgroup>00</subgroup></classification-ipcr>
</classifications-ipcr>
<classifications-cpc><main-cpc><classification-cpc><cpc-version-indicator><date>20130101</date></cpc-version-indicator>\
<section>B</section><class>66</class><subclass>C</subclass><main-group>1</main-group><subgroup>10</subgroup>\
</classification-cpc></main-cpc>
<further-cpc><classification-cpc><cpc-version-indicator><date>20130101</date></cpc-version-indicator>\
<section>Y</section><class>10</class><subclass>T</subclass><main-group>74</main-group><subgroup>18</subgroup>\
</classification-cpc></further-cpc></classifications-cpc>
<classification-national><country>US</country><main-classification>212999</main-classification></classification-national>
<invention-title id="d2">Invented hook with a <i>twist</i></invention-title>
<us-references-cited>
<us-citation><patcit num="00001"><document-id><country>US</country><doc-number>9999901</doc-number><kind>B2</kind>\
<name>Nobody</name><date>20180600</date></document-id></patcit><category>cited by examiner</category></us-citation>
<us-citation><patcit num="00002"><document-id><country>XX</country><doc-number>without form</doc-number>\
<date>20189900</date></document-id></patcit><category>cited by applicant</category></us-citation>
<us-citation><nplcit num="00003"><othercit>Nobody, &#x201c;On hooks&#x201d;,
pp. 1-2.</othercit></nplcit><category>cited by third party</category></us-citation>
</us-references-cited>
<number-of-claims>2</number-of-claims>
<us-related-documents>
<continuation><relation><parent-doc><document-id><country>US</country><doc-number>96999001</doc-number>\
<date>20340501</date></document-id></parent-doc></relation></continuation>
<us-provisional-application><document-id><country>US</country><doc-number>69999002</doc-number><date>20330401</date>\
</document-id></us-provisional-application>
<related-publication><document-id><country>US</country><doc-number>20370999001</doc-number><kind>A1</kind>\
<date>20370910</date></document-id></related-publication>
</us-related-documents>
<us-parties>
<us-applicants><us-applicant sequence="001" app-type="applicant"><addressbook><orgname>Example Hooks Ltd.</orgname>\
<address><city>Nowhere</city><state>ZZ</state><country>US</country></address></addressbook></us-applicant></us-applicants>
<inventors><inventor sequence="001"><addressbook><last-name>Sample</last-name><first-name>Ann B.</first-name>\
<address><city>Hangzhou</city><country>CN</country></address></addressbook></inventor></inventors>
<agents><agent sequence="01" rep-type="attorney"><addressbook><orgname>Specimen LLP</orgname>\
<address><country>unknown</country></address></addressbook></agent>
<agent sequence="02" rep-type="attorney"><addressbook><last-name>Pattern</last-name><first-name>Max</first-name>\
</addressbook></agent></agents>
</us-parties>
<assignees><assignee><addressbook><orgname>Example Holding Inc.</orgname><role>02</role><address><city>Nowhere</city>\
<country>DE</country></address></addressbook></assignee></assignees>
<pct-or-regional-filing-data><document-id><country>WO</country><doc-number>PCT/KR2036/999001</doc-number><kind>00</kind>\
<date>20360201</date></document-id></pct-or-regional-filing-data>
</us-bibliographic-data-grant>
<abstract id="abstract"><p id="p-0001" num="0000">A hook
holds a load.</p></abstract>
<drawings id="DRAWINGS"><figure id="Fig-1" num="00001"><img file="US{number}-D00001.TIF"/></figure>\
<figure id="Fig-2" num="00002"><img file="US{number}-D00002.TIF"/></figure></drawings>
<description id="description">
<?BRFSUM description="Brief Summary" end="lead"?>
<heading id="h-1" level="1">FIELD</heading>
<p id="p-2" num="0001">Hooks as in <figref idref="DRAWINGS">FIG. <b>1</b></figref>, x<sup>2</sup>, \
<maths id="M1"><math><mi>y</mi></math></maths>and so on.
<tables id="T1"><table><tgroup><tbody><row><entry>a</entry><entry>1</entry></row><row><entry>b</entry><entry>2</entry>\
</row></tbody></tgroup></table></tables></p>
<?BRFSUM description="Brief Summary" end="tail"?>
</description>
<us-claim-statement>What is claimed is:</us-claim-statement>
<claims id="claims">
<claim id="CLM-00001" num="00001"><claim-text>1. A hook, comprising:
<claim-text>a bow; and</claim-text><claim-text>an eye.</claim-text></claim-text></claim>
<claim id="CLM-00002" num="00002"><claim-text>2. The hook of <claim-ref idref="CLM-00001">claim 1</claim-ref>.</claim-text></claim>
</claims>
</us-patent-grant>
"""

APPLICATION_2001 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE patent-application-publication SYSTEM "pap-v15-2001-01-31.dtd" [
<!ENTITY US20010999001A1-D00001.TIF SYSTEM "US20010999001A1-D00001.TIF" NDATA TIF>
]>
<patent-application-publication>
<subdoc-bibliographic-information>
<document-id><doc-number>20010999001</doc-number><kind-code>A1</kind-code><document-date>20010315</document-date></document-id>
<domestic-filing-data><application-number><doc-number>09999001</doc-number></application-number>\
<application-number-series-code>09</application-number-series-code><filing-date>19990629</filing-date></domestic-filing-data>
<foreign-priority-data><priority-application-number><doc-number>197 99 001</doc-number></priority-application-number>\
<filing-date>19970802</filing-date><country-code>DE</country-code></foreign-priority-data>
<technical-information><classification-ipc><classification-ipc-primary><ipc>G06F015/16</ipc></classification-ipc-primary>\
<classification-ipc-edition>07</classification-ipc-edition></classification-ipc>\
<title-of-invention>Invented &ldquo;switch&rdquo; of 3 &mgr;m</title-of-invention></technical-information>
<continuity-data><division-of><parent-child><child><document-id><doc-number>09999001</doc-number></document-id></child>\
<parent><document-id><doc-number>08999002</doc-number><document-date>19961102</document-date>\
<country-code>US</country-code></document-id></parent></parent-child></division-of>\
<non-provisional-of-provisional><document-id><doc-number>60999003</doc-number><document-date>19960406</document-date>\
</document-id></non-provisional-of-provisional></continuity-data>
<inventors><first-named-inventor><name><given-name>Ann</given-name><middle-name>B.</middle-name>\
<family-name>Sample</family-name></name><residence><residence-us><city>Nowhere</city><state>ZZ</state>\
</residence-us></residence><authority-applicant>INV</authority-applicant></first-named-inventor>\
<inventor><name><given-name>Max</given-name><family-name>Pattern</family-name></name><residence>\
<residence-non-us><city>Ulm</city><country-code>DE</country-code></residence-non-us></residence></inventor></inventors>
<assignee><organization-name>Example Switches Ltd.</organization-name><assignee-type>02</assignee-type></assignee>
<correspondence-address><name-1>Specimen LLP</name-1></correspondence-address>
</subdoc-bibliographic-information>
<subdoc-abstract><heading lvl="0">Abstract</heading><paragraph id="A-1" lvl="0">A switch switches.</paragraph></subdoc-abstract>
<subdoc-description><section><heading lvl="1">FIELD</heading><paragraph id="P-1" lvl="0"><number>&lsqb;0001&rsqb;</number> \
Switches at 5&deg; H<subscript>2</subscript>O.</paragraph></section></subdoc-description>
<subdoc-claims><heading lvl="1">What is claimed is</heading><claim id="C-1"><claim-text>1. A switch:<claim-text>with a lever.\
</claim-text></claim-text></claim></subdoc-claims>
<subdoc-drawings id="DRAWINGS"><figure id="F1"><image id="E1" file="US20010999001A1-D00001.TIF"/></figure></subdoc-drawings>
</patent-application-publication>
"""

PATDOC = """<?xml version="1.0" encoding="UTF-8"?>
<!-- <!DOCTYPE PATDOC PUBLIC "-//NOBODY//DTD OLD//EN" [ -->
<!DOCTYPE PATDOC SYSTEM "ST32-US-Grant-025xml.dtd" [
<!ENTITY US06999001-D00001.TIF SYSTEM "US06999001-D00001.TIF" NDATA TIF>
]>
<PATDOC DTD="2.5" STATUS="Build 20020101">
<SDOBI>
<B100><B110><DNUM><PDAT>06999001</PDAT></DNUM></B110><B130><PDAT>B1</PDAT></B130><B140><DATE><PDAT>20020108</PDAT></DATE>\
</B140><B190><PDAT>US</PDAT></B190></B100>
<B200><B210><DNUM><PDAT>999004</PDAT></DNUM></B210><B211US><PDAT>09</PDAT></B211US><B220><DATE><PDAT>19990630</PDAT></DATE>\
</B220></B200>
<B300><B310><DNUM><PDAT>10-999098</PDAT></DNUM></B310><B320><DATE><PDAT>19980701</PDAT></DATE></B320><B330><CTRY><PDAT>JP</PDAT>\
</CTRY></B330></B300>
<B500><B510><B511><PDAT>B32B  302</PDAT></B511><B512><PDAT>H01L 21302</PDAT></B512><B516><PDAT>7</PDAT></B516></B510>
<B520><B521><PDAT>428 641</PDAT></B521></B520>
<B540><STEXT><PDAT>Invented disc</PDAT></STEXT></B540>
<B560><B561><PCIT><DOC><DNUM><PDAT>5999489</PDAT></DNUM><DATE><PDAT>19950600</PDAT></DATE><KIND><PDAT>A</PDAT></KIND></DOC>\
<PNC><PDAT>2504881</PDAT></PNC></PCIT><CITED-BY-EXAMINER/></B561>
<B561><PCIT><DOC><DNUM><PDAT>19999999</PDAT></DNUM><DATE><PDAT>19960100</PDAT></DATE><CTRY><PDAT>DE</PDAT></CTRY></DOC></PCIT>\
<CITED-BY-OTHER/></B561>
<B562><NCIT><STEXT><PDAT>Nobody, On discs.</PDAT></STEXT></NCIT><CITED-BY-EXAMINER/></B562></B560>
<B570><B577><PDAT>39</PDAT></B577></B570></B500>
<B600><B630><B632><PARENT-US><CDOC><DOC><DNUM><PDAT>09999004</PDAT></DNUM></DOC></CDOC><PDOC><DOC><DNUM><PDAT>08999005</PDAT>\
</DNUM><DATE><PDAT>19970101</PDAT></DATE></DOC></PDOC></PARENT-US></B632></B630></B600>
<B700><B720><B721><PARTY-US><NAM><FNM><PDAT>Ann</PDAT></FNM><SNM><STEXT><PDAT>Sample</PDAT></STEXT></SNM></NAM><ADR><CITY>\
<PDAT>Kanagawa</PDAT></CITY><CTRY><PDAT>JP</PDAT></CTRY></ADR></PARTY-US></B721></B720>
<B730><B731><PARTY-US><NAM><ONM><STEXT><PDAT>Example Discs Ltd.</PDAT></STEXT></ONM></NAM><ADR><CITY><PDAT>Nowhere</PDAT>\
</CITY><STATE><PDAT>ZZ</PDAT></STATE></ADR></PARTY-US></B731></B730>
<B740><B741><PARTY-US><NAM><ONM><STEXT><PDAT>Specimen &amp; Pattern, P.C.</PDAT></STEXT></ONM></NAM></PARTY-US></B741></B740></B700>
<B800><B860><B861><DOC><DNUM><PDAT>PCT/JP98/99045</PDAT></DNUM><DATE><PDAT>19981008</PDAT></DATE><CTRY><PDAT>US</PDAT></CTRY>\
</DOC></B861></B860></B800>
</SDOBI>
<SDOAB><BTEXT><PARA ID="P-1" LVL="0"><PTEXT><PDAT>A disc stores.</PDAT></PTEXT></PARA></BTEXT></SDOAB>
<SDODE><BRFSUM><BTEXT><H LVL="1"><STEXT><PDAT>FIELD</PDAT></STEXT></H><PARA ID="P-2" LVL="0"><PTEXT><PDAT>Discs at 5</PDAT>\
<HIL><SP><PDAT>2</PDAT></SP></HIL><PDAT>&deg;.</PDAT></PTEXT></PARA></BTEXT></BRFSUM></SDODE>
<SDOCL><CL><CLM ID="CLM-1"><PARA ID="P-3" LVL="0"><PTEXT><PDAT>1. A disc with</PDAT></PTEXT>\
<CLMSTEP LVL="2"><PTEXT><PDAT>a hole.</PDAT></PTEXT></CLMSTEP></PARA></CLM></CL></SDOCL>
<SDODR ID="DRAWINGS"><EMI ID="E1" FILE="US06999001-D00001.TIF"/></SDODR>
</PATDOC>
"""


def grant(serial: int = 999_001, number: str | None = None, kind: str = "B2") -> str:
    return GRANT.format(number=number or f"99{serial:06d}", kind=kind, serial=serial)
