"""How the wheel is made: its dependencies are requirements/run.in, and it carries the built web client."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class DependenciesHook(MetadataHookInterface):
    """Fills `dependencies` from requirements/run.in, so that they are written down once."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements" / "run.in").read_text().splitlines()
        metadata["dependencies"] = [text for line in lines if (text := line.partition("#")[0].strip())]


class WebClientHook(BuildHookInterface[Any]):
    """Puts web/dist into the wheel as greenroom/web_dist; builds it when it is not there."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        web = Path(self.root) / "web"
        if not (web / "dist" / "index.html").exists():
            build_web(web)
        build_data["force_include"][str(web / "dist")] = "greenroom/web_dist"


def build_web(web: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("web/dist is missing and there is no npm: run ./greenroom up once, then build again")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=web, check=True)
    subprocess.run([npm, "exec", "vite", "build"], cwd=web, check=True)
