"""Jobs: what somebody asks for on a page and a worker does outside of it, as data in a folder that both sides know.

`asking` asks, `folder` reads, lists and cancels, `uploads` keeps the bytes handed in, `results` says what comes of each kind.
"""
