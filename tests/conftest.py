"""What several test files need: the real LibreOffice."""

import shutil
import subprocess

import pytest


@pytest.fixture
def soffice(tmp_path):
    """Convert a file with LibreOffice: soffice(filter, path, ending) writes beside it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")

    def convert(export_filter, path, ending):
        profile = tmp_path / "profile"
        target = f"{ending}:{export_filter}" if export_filter else ending
        subprocess.run(
            [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
             target, "--outdir", str(path.parent), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return path.with_suffix(f".{ending}")

    return convert
