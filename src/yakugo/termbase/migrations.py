"""From each schema version to the next: a termbase that an older yakugo wrote is brought up.

What a step does is written out in SQL, so that it stays what it was when the schema goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from yakugo.candidates import variant_key
from yakugo.equivalents import english
from yakugo.tokens import classes_of, runs, tokenize
from yakugo.variants import form_of


def migrate(connection: Connection, version: int) -> None:
    """Take all steps from a version to the newest, in the caller's transaction."""
    for step in _STEPS[version - 1 :]:
        step(connection)


def _spellings_and_signals(connection: Connection) -> None:
    """1 → 2: spellings share a key; what is quoted, defined or stands alone is counted.

    Whether a document collected before quotes or defines a term is not known.
    """
    run = connection.exec_driver_sql
    for column in ("classes", "key"):
        run(f"alter table candidate add column {column} text not null default ''")
    for column in ("alone", "hosts", "quoted", "defined"):
        run(f"alter table occurrence add column {column} integer not null default 0")
    nested = "candidate in (select id from candidate where kind = 'nested')"
    run(f"update occurrence set hosts = 1 where {nested}")
    run(f"update occurrence set alone = frequency where not {nested}")
    run("alter table gloss rename column english to text")
    for id, term, kind in run("select id, term, kind from candidate").fetchall():
        key = variant_key((token.normalized for token in tokenize(term)), kind)
        classes = "".join(classes_of(found.form) for found in runs(term))
        run("update candidate set key = ?, classes = ? where id = ?", (key, classes, id))


def _general_texts(connection: Connection) -> None:
    """2 → 3: the collected texts can be held against general ones."""
    run = connection.exec_driver_sql
    run(
        "create table general_text (id integer not null primary key, identity text not null unique,"
        " digest text not null, characters integer not null)"
    )
    run(
        "create table general_count (general_text integer not null references general_text (id)"
        " on delete cascade, term text not null, frequency integer not null,"
        " primary key (general_text, term))"
    )


def _parallel_text(connection: Connection) -> None:
    """3 → 4: what terms are translated by in parallel text, with the sentence pairs."""
    run = connection.exec_driver_sql
    run(
        "create table bitext (id integer not null primary key, name text not null,"
        " identity text not null unique, digest text not null, pairs integer not null,"
        " aligned text not null)"
    )
    run(
        "create table sentence_pair (id integer not null primary key, bitext integer not null"
        " references bitext (id) on delete cascade, place text not null default '',"
        " japanese text not null, english text not null)"
    )
    run("create index ix_sentence_pair_bitext on sentence_pair (bitext)")
    run(
        "create table mined (id integer not null primary key, bitext integer not null"
        " references bitext (id) on delete cascade, term text not null, english text not null,"
        " strength float not null, together integer not null, term_pairs integer not null,"
        " phrase_pairs integer not null)"
    )
    run("create index ix_mined_bitext on mined (bitext)")
    run("create index ix_mined_term on mined (term)")
    run(
        "create table mined_example (mined integer not null references mined (id)"
        " on delete cascade, position integer not null, pair integer not null"
        " references sentence_pair (id) on delete cascade, primary key (mined, position))"
    )
    run("create index ix_mined_example_pair on mined_example (pair)")


def _revisions_and_states(connection: Connection) -> None:
    """4 → 5: concepts have a state, a Japanese head and numbers as homographs; one history of all.

    Concepts of one term and subject field become homographs, numbered in the order of their ids.
    Foreign keys are off here: tables are made anew, and the rows that refer to them stay.
    """
    run = connection.exec_driver_sql
    _concepts_anew(connection)
    _terms_anew(connection)
    run(
        "create table candidate_anew (id integer not null, term text not null,"
        " reading text default '' not null, pieces text default '' not null,"
        " classes text default '' not null, kind text default '' not null,"
        " \"key\" text default '' not null, score float default '0' not null,"
        " status text not null, primary key (id),"
        " constraint known_status check (status in ('new', 'accepted', 'rejected', 'deferred')),"
        " unique (term))"
    )
    columns = 'id, term, reading, pieces, classes, kind, "key", score, status'
    run(f"insert into candidate_anew ({columns}) select {columns} from candidate")
    run("drop table candidate")
    run("alter table candidate_anew rename to candidate")
    run(
        "create table forward (old text not null primary key, concept text not null"
        " references concept (id) on delete cascade)"
    )
    run("create index ix_forward_concept on forward (concept)")
    run(
        "create table history (id integer not null primary key autoincrement,"
        " batch integer not null, term text not null, decision text not null, who text not null,"
        " \"when\" text not null, english text default '' not null,"
        " concept text default '' not null, revision integer default '0' not null,"
        ' comment text default \'\' not null, "before" text not null, "after" text not null,'
        " undoes integer)"
    )
    for column in ("term", "who", "concept", "batch", "undoes"):
        run(f"create index ix_history_{column} on history ({column})")
    run(
        "insert into history select id, id, term,"
        " case when undoes is null then decision else 'taken back' end,"
        ' who, "when", english, concept, revision, \'\', "before", "after", undoes'
        " from review order by id"
    )
    run("drop table review")
    for act in ("update", "delete"):
        run(
            f"create trigger history_keeps_{act} before {act} on history begin"
            " select raise(abort, 'the history is only added to'); end"
        )


def _concepts_anew(connection: Connection) -> None:
    run = connection.exec_driver_sql
    columns = "id, subject_field, definition, definition_ja, definition_source, note, source"
    counted = "revision, changed, changed_by"
    concepts = run(f"select {columns}, {counted} from concept order by id").fetchall()
    heads = {
        row.concept: row.head
        for row in run(
            "select concept, min(position) as head from term where language = 'ja' group by concept"
        )
    }
    taken = run(
        'select distinct t."key" as term, c.subject_field, c.id from term t join concept c'
        " on c.id = t.concept where t.language = 'ja' and t.usage in ('preferred', 'admitted')"
        " order by c.id"
    ).fetchall()
    numbers = _homographs([((row.term, row.subject_field), row.id) for row in taken])
    run("drop table concept")
    run(
        "create table concept (id text not null, subject_field text default '' not null,"
        " definition text default '' not null, definition_ja text default '' not null,"
        " definition_source text default '' not null, note text default '' not null,"
        " source text default '' not null, homograph integer default '0' not null,"
        " state text not null, proposed_by text default '' not null,"
        " approved text default '' not null, revision integer not null,"
        " changed text default '' not null, changed_by text default '' not null,"
        " head integer not null, head_language text default 'ja' not null, primary key (id),"
        " constraint japanese_head check (head_language = 'ja'), constraint known_state"
        " check (state in ('proposed', 'approved', 'rejected', 'deferred')),"
        " unique (id, subject_field, homograph), constraint a_japanese_term"
        " foreign key (id, head, head_language) references term (concept, position, language)"
        " deferrable initially deferred)"
    )
    run(
        'create table designation ("key" text not null, subject_field text not null,'
        " homograph integer not null, concept text not null,"
        ' primary key ("key", subject_field, homograph),'
        " foreign key (concept, subject_field, homograph)"
        " references concept (id, subject_field, homograph) on delete cascade on update cascade)"
    )
    run("create index ix_designation_concept on designation (concept)")
    for row in concepts:
        number, head = numbers.get(row.id, 0), heads.get(row.id, 0)
        run(
            f"insert into concept ({columns}, {counted}, homograph, state, head)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'approved', ?)",
            (*row, number, head),
        )
    for row in taken:
        values = row.term, row.subject_field, numbers.get(row.id, 0), row.id
        run("insert into designation values (?, ?, ?, ?)", values)


def _homographs(taken: list[tuple[tuple[str, str], str]]) -> dict[str, int]:
    """A number for each concept that shares a term and subject field with another one."""
    sharing: dict[tuple[str, str], list[str]] = {}
    for place, id in taken:
        sharing.setdefault(place, []).append(id)
    shared = {place: ids for place, ids in sharing.items() if len(ids) > 1}
    numbers: dict[str, int] = {}
    for id in sorted({id for ids in shared.values() for id in ids}):
        used = {numbers.get(other) for ids in shared.values() if id in ids for other in ids}
        numbers[id] = next(number for number in range(1, len(used) + 2) if number not in used)
    return numbers


def _terms_anew(connection: Connection) -> None:
    run = connection.exec_driver_sql
    columns = 'concept, position, language, text, "key", reading, part_of_speech, type, usage'
    terms = run(f"select {columns}, note, source from term").fetchall()
    run("drop table term")
    run(
        "create table term (concept text not null references concept (id) on delete cascade,"
        " position integer not null, language text not null, text text not null,"
        " \"key\" text not null, form text not null, reading text default '' not null,"
        " part_of_speech text default '' not null, type text default '' not null,"
        " usage text not null, note text default '' not null, source text default '' not null,"
        " primary key (concept, position), unique (concept, position, language),"
        " constraint known_language check (language in ('ja', 'en')), constraint known_usage"
        " check (usage in ('preferred', 'admitted', 'deprecated', 'superseded')))"
    )
    run("create index ix_term_reading on term (reading)")
    run("create index term_form on term (form, language)")
    run('create index term_key on term ("key", language)')
    run(
        "create unique index one_preferred_term_a_language on term (concept, language)"
        " where usage = 'preferred'"
    )
    for row in terms:
        form = form_of(row.text) if row.language == "ja" else english.key(row.text)
        run(
            f"insert into term ({columns}, note, source, form)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, form),
        )


def _learners(connection: Connection) -> None:
    """5 → 6: the drill keeps what learners answered, and their cards."""
    run = connection.exec_driver_sql
    postgresql = connection.dialect.name == "postgresql"
    text = 'text collate "C"' if postgresql else "text"
    counted = "serial" if postgresql else "integer"
    once = "" if postgresql else " autoincrement"
    kinds = "'recognition', 'production', 'cloze', 'listening', 'confusables'"
    run(
        f"create table learner (name {text} not null primary key,"
        f" parameters {text} default '' not null, desired_retention float not null,"
        f" cards_are_of {text} default '' not null, constraint known_desired_retention"
        " check (desired_retention between 0.5 and 0.99))"
    )
    run(
        f"create table answer (id {counted} not null primary key{once},"
        f" learner {text} not null references learner (name), concept {text} not null,"
        f' kind {text} not null, rating integer not null, "when" {text} not null,'
        f" took integer default '0' not null, given {text} default '' not null,"
        f" origin {text} not null, taken_back integer default '0' not null,"
        ' unique (learner, concept, kind, "when"),'
        f" constraint known_kind check (kind in ({kinds})),"
        " constraint known_rating check (rating between 1 and 4))"
    )
    run(
        f"create table card (learner {text} not null references learner (name),"
        f" concept {text} not null, kind {text} not null, phase integer not null, step integer,"
        " stability float not null, difficulty float not null,"
        f" due {text} not null, last_answer {text} not null, answers integer not null,"
        " lapses integer not null, primary key (learner, concept, kind),"
        f" constraint known_kind check (kind in ({kinds})))"
    )


_STEPS: tuple[Callable[[Connection], None], ...] = (
    _spellings_and_signals,
    _general_texts,
    _parallel_text,
    _revisions_and_states,
    _learners,
)
