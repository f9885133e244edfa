"""The face in the browser: `page` puts the tabs together; `views` makes HTML from nouns and needs no Gradio."""
