"""Start the workbench: python app.py [--home DIR] [--port N] [--model NAME|PATH] [--no-browser]"""

import argparse
import os
import sys
from pathlib import Path

# Nothing leaves this computer; must be set before Gradio and the Hugging Face libraries are imported.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(
    filter(None, (os.environ.get("NO_PROXY") or os.environ.get("no_proxy"), "127.0.0.1", "localhost")))
os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}

from workbench.bench import Bench, Settings
from workbench.errors import WorkbenchError
from workbench.home import default_home


def main() -> None:
    parser = argparse.ArgumentParser(description="A workbench for small-model RAG.")
    parser.add_argument("--home", type=Path, default=default_home(), help="data folder (else WORKBENCH_HOME, else per user)")
    parser.add_argument("--port", type=int, help="port on 127.0.0.1 (default: the first free one from 7860)")
    parser.add_argument("--model", default="", help="default model: a name, the path of a GGUF, or remote:URL#MODEL")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    options = parser.parse_args()
    try:
        bench = Bench(Settings(options.home, options.model), writing=True, chroma=True)
    except WorkbenchError as error:
        sys.exit(str(error))
    from workbench.ui.page import launch

    try:
        launch(bench, port=options.port, open_browser=not options.no_browser)
    except WorkbenchError as error:
        sys.exit(str(error))
    finally:
        bench.close()


if __name__ == "__main__":
    main()
