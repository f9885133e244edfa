"""Colors, fonts and the style sheet. Fonts come with Gradio or the system: nothing is fetched."""

from pathlib import Path

import gradio as gr

STYLE = "".join(path.read_text(encoding="utf-8") for path in (
    Path(__file__).parent / "style.css", Path(__file__).parent / "feedback.css", Path(__file__).parents[1] / "measure" / "figures.css"))
HANGUL = ["Pretendard", "Noto Sans KR", "NanumGothic", "Malgun Gothic", "Apple SD Gothic Neo", "system-ui", "sans-serif"]


def theme() -> gr.themes.Base:
    """Teal on slate."""
    # The semi-bold files that come with Gradio hold no Latin letters: 400 and 700 only.
    fonts: list[gr.themes.Font | str] = [gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700)), *HANGUL]
    return gr.themes.Base(primary_hue="teal", secondary_hue="slate", neutral_hue="slate", font=fonts).set(
        input_border_width="1px",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_text_color="white",
    )
