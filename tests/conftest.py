"""What several test files need: the real LibreOffice, and no deadline for property tests."""

import shutil
import subprocess

import pytest
from hypothesis import settings

# The first example of a test may load dictionaries; speed is measured in benchmarks/.
settings.register_profile("yakugo", deadline=None)
settings.load_profile("yakugo")


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
