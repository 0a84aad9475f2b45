import subprocess
import sys

import pytest
from lxml import etree

from yakugo.bitext.elements import Root, elements, root
from yakugo.errors import DocumentError

UNITS = "<tmx version='1.4'>\n<body>\n<tu>核の傘</tu>\n<tu>二重鍵</tu>\n</body>\n</tmx>"


@pytest.fixture
def xml(tmp_path):
    """Write a file: xml(text or bytes) gives its path."""

    def write(content):
        path = tmp_path / "memory.tmx"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def texts(path, name="tu"):
    root(path)
    return [element.text for element in elements(path, name)]


def test_elements_come_one_after_the_other_whatever_their_namespace(xml):
    assert texts(xml(UNITS)) == ["核の傘", "二重鍵"]
    assert texts(xml(UNITS.replace("<tmx", "<tmx xmlns='urn:any'"))) == ["核の傘", "二重鍵"]


def test_the_root_says_what_file_it_is(xml):
    assert root(xml(UNITS)) == Root("tmx", {"version": "1.4"})
    assert root(xml("<!-- note --><x:xliff xmlns:x='urn:x'/>")).name == "xliff"


def test_an_element_knows_what_it_stands_in_and_nothing_before_it(xml, monkeypatch):
    monkeypatch.setattr("yakugo.bitext.elements._CHUNK", 64)
    path = xml(f"<tmx><body id='b'>{'<tu>核</tu>' * 200}</body></tmx>")
    kept = []
    for unit in elements(path, "tu"):
        assert unit.getparent().get("id") == "b"
        kept.append(len(unit.getparent()))
    assert len(kept) == 200
    assert max(kept) < 20


@pytest.mark.parametrize("doctype", ['<!DOCTYPE tmx SYSTEM "tmx14.dtd">', "<!DOCTYPE tmx []>"])
def test_a_doctype_that_declares_nothing_is_fine(xml, doctype):
    assert texts(xml(doctype + UNITS)) == ["核の傘", "二重鍵"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16", "utf-8"),  # the mark at the beginning is right, the declaration is not
        ("utf-16-le", "utf-16"),  # without a mark
        ("utf-8", "utf-16"),  # what .NET writes out of a string
        ("cp932", "Shift_JIS"),
        ("cp932", "Windows-31J"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
    ],
)
def test_any_encoding_that_memories_are_in_is_read(xml, encoding, declared):
    declaration = f"<?xml version='1.0' encoding='{declared}'?>"
    assert texts(xml((declaration + UNITS).encode(encoding))) == ["核の傘", "二重鍵"]


def test_letters_that_only_the_shift_jis_of_windows_has_are_read(xml):
    source = "<?xml version='1.0' encoding='Shift_JIS'?><tmx><tu>①髙</tu></tmx>"
    assert texts(xml(source.encode("cp932"))) == ["①髙"]


def test_a_comment_inside_a_text_does_not_cut_it(xml):
    assert texts(xml("<tmx><tu>核<!-- or --><?pi?>の傘</tu></tmx>")) == ["核の傘"]


# --- what is refused

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 30))
BOMB = f'<!DOCTYPE tmx [\n<!ENTITY l0 "ha">\n{LAUGHS}]>\n<tmx><tu>&l29;</tu></tmx>'


@pytest.mark.parametrize(
    "source",
    [
        BOMB,
        BOMB.replace("<tmx>", '<tmx version="&l29;">'),
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]><tmx><tu>&x;</tu></tmx>',
        '<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><tmx/>',
        '<!DOCTYPE tmx [<!ATTLIST tu note CDATA "over and over">]><tmx><tu/></tmx>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp932"])
def test_a_file_that_declares_entities_is_refused(xml, source, encoding):
    declared = "Shift_JIS" if encoding == "cp932" else encoding
    path = xml(f"<?xml version='1.0' encoding='{declared}'?>{source}".encode(encoding))
    with pytest.raises(DocumentError, match=r"line \d: declares entities") as error:
        texts(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_an_entity_is_not_put_in_even_without_the_check_before(xml):
    path = xml('<!DOCTYPE tmx [<!ENTITY x "secret">]><tmx><tu>核&x;</tu></tmx>')
    assert ["".join(unit.itertext(etree.Element)) for unit in elements(path, "tu")] == ["核"]


def test_a_bomb_takes_no_memory(xml):
    path = xml(BOMB.replace("ha", "ha" * 100_000))
    program = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20,) * 2)\n"
        "from yakugo.bitext.elements import root\n"
        "root(Path(sys.argv[1]))"
    )
    run = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True)
    assert "DocumentError" in run.stderr


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (UNITS.replace("</body>", "</bodi>"), r"line 5: damaged XML \(Opening and ending tag"),
        (UNITS.replace("核", "\x02"), r"line 3: damaged XML"),
        (UNITS.replace("核", "&nbsp;"), r"line 3: damaged XML \(Entity 'nbsp' not defined\)"),
        (UNITS.encode().replace("核".encode(), b"\xff"), "line 3: damaged XML"),
        (UNITS + "<tmx>", "line 6: damaged XML"),
        (UNITS[:-3], "line 6: the XML is cut off here"),
        (UNITS[:40], "line 4: the XML is cut off here"),
        (UNITS.encode()[:35], "line 3: the XML is cut off here"),
        ("<?xml version='1.0'?>\n<!-- and", "line 2: the XML is cut off here"),
        ("\n<?xml version='1.0'?><tmx/>", "line 2: damaged XML"),
        ("<?xml version='1.0' encoding='klingon'?><tmx/>", "an encoding that is not known"),
        ("<?xml version='1.0' encoding='UTF-7'?><tmx/>", "an encoding that is not known"),
    ],
)
def test_damage_is_told_with_its_line_and_what_to_do(xml, source, said):
    path = xml(source)
    with pytest.raises(DocumentError, match=said) as error:
        texts(path)
    assert str(path) in str(error.value)
    assert ";" in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_whole_comes_before_the_damage(xml):
    found = elements(xml(UNITS.removesuffix("</tmx>")), "tu")
    assert next(found).text == "核の傘"
    assert next(found).text == "二重鍵"
    with pytest.raises(DocumentError, match="line 6: the XML is cut off"):
        next(found)


def test_an_undeclared_entity_does_not_make_the_rest_a_new_file(xml, monkeypatch):
    monkeypatch.setattr("yakugo.bitext.elements._CHUNK", 32)
    path = xml("<tmx><tu>arms&nbsp;control</tu></tmx>" + " " * 40 + UNITS)
    with pytest.raises(DocumentError, match="nbsp"):
        texts(path)


def test_a_prefix_without_its_namespace_is_let_pass(xml):
    assert texts(xml(UNITS.replace("<body>", "<body><x:y/>"))) == ["核の傘", "二重鍵"]
    with pytest.raises(DocumentError, match="cut off"):
        texts(xml(UNITS.replace("<body>", "<body><x:y/>")[:-3]))


def test_a_text_of_more_than_ten_megabytes_is_read_only_where_it_is_expected(xml):
    path = xml(f"<xliff><file>{'QUJD' * 2_700_000}</file><tu>核の傘</tu></xliff>")
    assert [unit.text for unit in elements(path, "tu", huge=True)] == ["核の傘"]
    with pytest.raises(DocumentError, match="line 1: damaged XML"):
        texts(path)
