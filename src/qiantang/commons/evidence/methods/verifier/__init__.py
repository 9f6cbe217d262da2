"""The verifier: standard library and the openssl command, nothing of the platform but three modules of ``kernel``.

It is kept as modules, and goes into every package as one file, which ``single_file`` puts together of their sources.
"""
