"""What stands in the package for people: how to check it, and what it proves and does not."""

from __future__ import annotations

SCOPE = {
    "zh": (
        "本证书仅证明：所列数据在所列时间已经存在，按所列方式收取，此后未被改动。"
        "不证明内容真实、不证明作者或权属、不认定侵权，也不保证法院采信；上链之前的真实性可另行质证。"
    ),
    "en": (
        "This certificate says only: these bytes existed at this time, were taken in this way, and are unchanged since. It "
        "does not say that what they tell is true, who made or owns it, that anything infringes, or that a court will accept "
        "it; what happened before the deposit may be questioned."
    ),
}

README = """\
证据包 {number}
================

怎样核验（不需要本平台，不需要网络）
1. 安装 Python 3.10 或更高版本，以及 openssl 命令。
2. 在本包所在文件夹运行：
       unzip -p {number}.zip verify.py > verify.py
       python3 verify.py {number}.zip
   如果包内没有原文件，请加上：--file 原文件
3. “everything holds” 表示全部通过；否则逐行指出哪一处不符。
4. 若要独立信任：用 --root 指定您自行取得的时间戳根证书，用 --log-key 指定本平台公布的日志公钥。

单独核验时间戳（openssl ts -verify）
       openssl ts -verify -queryfile stamps/名称.tsq -in stamps/名称.tsr -CAfile stamps/名称.pem
   时间戳证书过期后，加上 -attime 与时间戳所载时刻（自 1970 年起的秒数）。

锚定（OpenTimestamps，如包内有 anchors/）
       ots verify anchors/1.ots -f anchors/1.json
   或用 verify.py 的 --headers 给出比特币区块头（每行：高度、空格、160 位十六进制），区块头须取自您信任的节点。
   没有区块头时，只能证明路径通向所列区块的根，不能证明时间。

包内有什么
   evidence.json      存证条目、日志证明、检查点、时间戳、保管链
   files/             原文件（存证时选择由平台保存，或由存证人放入）
   stamps/            每个时间戳机构的请求、完整应答与根证书
   checkpoint.json    时间戳所盖的内容
   certificate-zh.pdf certificate-en.pdf   给人看的证书
   manifest.json manifest.sig              文件清单及其签名
   verify.py          核验程序，单个文件

证明什么，不证明什么
   {zh}

Evidence package {number}
=========================

How to check it (without the platform, without a network)
1. Have Python 3.10 or later and the openssl command.
2. In the folder of this package:
       unzip -p {number}.zip verify.py > verify.py
       python3 verify.py {number}.zip
   Where the file is not in the package, add: --file THE_FILE
3. "everything holds" means what it says; else each line names what does not.
4. To trust nothing the package brings: give the root of the timestamps with --root and the published key of the log with
   --log-key, both got from elsewhere.

A timestamp alone
       openssl ts -verify -queryfile stamps/NAME.tsq -in stamps/NAME.tsr -CAfile stamps/NAME.pem
   Once the authority's certificate has expired add -attime and the time of the timestamp in seconds since 1970.

Anchors (OpenTimestamps, where the package has a folder anchors/)
       ots verify anchors/1.ots -f anchors/1.json
   or give verify.py the headers of Bitcoin blocks with --headers (a line each: height, blank, 160 hexadecimal digits), got
   from a node you trust. Without a header only the path to the root of the named block is checked, which proves no time.

What it proves, and what not
   {en}
"""


def readme(number: str) -> str:
    """The plain instructions, Chinese first."""
    return README.format(number=number, **SCOPE)
