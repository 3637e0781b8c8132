"""Captions: lines behind pictures that are none of the text."""

import pytest

PICTURE = "<p style='text-align: center'><img src=/upload/1.jpg></p>"


@pytest.mark.parametrize(
    "heading",
    [
        "<p><b>东岭水厂</b></p>",
        "<p style='text-indent:2em'><span style='font-weight: bold;'>东岭水厂</span></p>",
        "<p style='font-weight:700'>东岭水厂</p>",
        "<h3>东岭水厂</h3>",
        "<p>一、东岭水厂</p>",
        "<p>（二）东岭水厂</p>",
        "<p>3.东岭水厂</p>",
    ],
)
def test_a_heading_behind_a_picture_is_no_caption(article_of, paragraphs, heading):
    text = "".join(f"<p>{p}</p>{PICTURE}{heading}" for p in paragraphs) + f"<p>{paragraphs[0]}好。</p>"
    assert article_of(body=text).body.count("东岭水厂") == len(paragraphs)


@pytest.mark.parametrize(
    "caption",
    [
        "<p>图为施工现场</p>",
        "<p style='text-align:center'>村民在新渠旁查看水位（林小河 摄）</p>",
        "<p style='text-align:center'>渠水从村口流过，两岸的麦田一片青绿。</p>",
        "<p>（图片来自网络）</p>",
        "<p>新修的渠道</p>",
        "<p align=center><img src=/upload/2.jpg><br><b>施工现场</b></p>",
        "<p>▲渠水从村口流过，两岸的麦田一片青绿。</p>",
    ],
)
def test_a_caption_is_no_text(article_of, paragraphs, caption):
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    first, rest = text.split("</p>", 1)
    assert article_of(body=f"{first}</p>{PICTURE}{caption}{rest}").body.split("\n\n") == list(paragraphs)


BELOW = "渠水从村口流过，两岸的麦田一片青绿。"
IMG = "<img src=/upload/3.jpg>"


@pytest.mark.parametrize(
    "figure",
    [
        f"<p align=center>{IMG}</p><p class=pictext>{BELOW}</p>",
        f"<figure>{IMG}<figcaption>{BELOW}</figcaption></figure>",
        f"<div class=m-img>{IMG}<div class=m-caption>{BELOW}</div></div>",
        f"<div class='wp-caption aligncenter'>{IMG}<p class=wp-caption-text>{BELOW}</p></div>",
        f"<div class=photo>{IMG}</div><div class=photo_text>{BELOW}</div>",
        f"<p>{IMG}</p><div id=imgDesc><span>{BELOW}</span></div>",
    ],
)
def test_a_named_caption_is_its_pictures(article_of, paragraphs, figure):
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    first, rest = text.split("</p>", 1)
    read = article_of(body=f"{first}</p>{figure}{rest}")
    assert [image.caption for image in read.images] == [BELOW]
    assert read.body.split("\n\n") == list(paragraphs)


def test_marks_without_a_picture_are_bullets(article_of, paragraphs):
    text = "".join(f"<p>▲{p}</p>" for p in paragraphs)
    assert article_of(body=text).body.split("\n\n") == [f"▲{p}" for p in paragraphs]


def test_rows_of_numbers_are_text(article_of, paragraphs):
    numbers = "03 11 17 22 28 31 + 09 12 15"
    body = article_of(last=f"<p>{numbers}</p><p>* * *</p><p>{paragraphs[0]}好。</p>").body
    assert body.split("\n\n")[3:] == [numbers, f"{paragraphs[0]}好。"]
