CREATE FUNCTION public.history_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin raise exception 'the history is only added to'; end $$;
CREATE TABLE public.bitext (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    identity text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    pairs integer NOT NULL,
    aligned text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.bitext_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.bitext_id_seq OWNED BY public.bitext.id;
CREATE TABLE public.candidate (
    id integer NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    reading text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    pieces text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    classes text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    kind text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    key text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    score double precision DEFAULT '0'::double precision NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT known_status CHECK ((status = ANY (ARRAY['new'::text, 'accepted'::text, 'rejected'::text, 'deferred'::text])))
);
CREATE SEQUENCE public.candidate_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.candidate_id_seq OWNED BY public.candidate.id;
CREATE TABLE public.concept (
    id text NOT NULL COLLATE pg_catalog."C",
    subject_field text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    definition text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    definition_ja text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    definition_source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    note text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    homograph integer DEFAULT 0 NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    proposed_by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    approved text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    revision integer NOT NULL,
    changed text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    changed_by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    head integer NOT NULL,
    head_language text DEFAULT 'ja'::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT japanese_head CHECK ((head_language = 'ja'::text)),
    CONSTRAINT known_state CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'deferred'::text])))
);
CREATE TABLE public.context (
    candidate integer NOT NULL,
    document integer NOT NULL,
    "position" integer NOT NULL,
    "offset" integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL
);
CREATE TABLE public.designation (
    key text NOT NULL COLLATE pg_catalog."C",
    subject_field text NOT NULL COLLATE pg_catalog."C",
    homograph integer NOT NULL,
    concept text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.document (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    identity text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    characters integer NOT NULL,
    collected text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.document_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.document_id_seq OWNED BY public.document.id;
CREATE TABLE public.forward (
    old text NOT NULL COLLATE pg_catalog."C",
    concept text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.general_count (
    general_text integer NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    frequency integer NOT NULL
);
CREATE TABLE public.general_text (
    id integer NOT NULL,
    identity text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    characters integer NOT NULL
);
CREATE SEQUENCE public.general_text_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.general_text_id_seq OWNED BY public.general_text.id;
CREATE TABLE public.gloss (
    id integer NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    document integer NOT NULL,
    "offset" integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL
);
CREATE SEQUENCE public.gloss_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.gloss_id_seq OWNED BY public.gloss.id;
CREATE TABLE public.history (
    id integer NOT NULL,
    batch integer NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    decision text NOT NULL COLLATE pg_catalog."C",
    who text NOT NULL COLLATE pg_catalog."C",
    "when" text NOT NULL COLLATE pg_catalog."C",
    english text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    concept text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    revision integer DEFAULT 0 NOT NULL,
    comment text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    before text NOT NULL COLLATE pg_catalog."C",
    after text NOT NULL COLLATE pg_catalog."C",
    undoes integer
);
CREATE SEQUENCE public.history_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.history_id_seq OWNED BY public.history.id;
CREATE TABLE public.meta (
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.mined (
    id integer NOT NULL,
    bitext integer NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    english text NOT NULL COLLATE pg_catalog."C",
    strength double precision NOT NULL,
    together integer NOT NULL,
    term_pairs integer NOT NULL,
    phrase_pairs integer NOT NULL
);
CREATE TABLE public.mined_example (
    mined integer NOT NULL,
    "position" integer NOT NULL,
    pair integer NOT NULL
);
CREATE SEQUENCE public.mined_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.mined_id_seq OWNED BY public.mined.id;
CREATE TABLE public.occurrence (
    candidate integer NOT NULL,
    document integer NOT NULL,
    frequency integer NOT NULL,
    alone integer DEFAULT 0 NOT NULL,
    hosts integer DEFAULT 0 NOT NULL,
    quoted integer DEFAULT 0 NOT NULL,
    defined integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.relation (
    concept text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    related text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sentence (
    document integer NOT NULL,
    "offset" integer NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sentence_pair (
    id integer NOT NULL,
    bitext integer NOT NULL,
    place text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    japanese text NOT NULL COLLATE pg_catalog."C",
    english text NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE public.sentence_pair_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sentence_pair_id_seq OWNED BY public.sentence_pair.id;
CREATE TABLE public.stamp (
    key text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    changed text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.term (
    concept text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    language text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    form text NOT NULL COLLATE pg_catalog."C",
    reading text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    part_of_speech text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    type text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    usage text NOT NULL COLLATE pg_catalog."C",
    note text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    source text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT known_language CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text]))),
    CONSTRAINT known_usage CHECK ((usage = ANY (ARRAY['preferred'::text, 'admitted'::text, 'deprecated'::text, 'superseded'::text])))
);
CREATE TABLE public.term_context (
    concept text NOT NULL COLLATE pg_catalog."C",
    term integer NOT NULL,
    "position" integer NOT NULL,
    sentence text NOT NULL COLLATE pg_catalog."C",
    document text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    start integer NOT NULL,
    "end" integer NOT NULL,
    "offset" integer
);
ALTER TABLE ONLY public.bitext ALTER COLUMN id SET DEFAULT nextval('public.bitext_id_seq'::regclass);
ALTER TABLE ONLY public.candidate ALTER COLUMN id SET DEFAULT nextval('public.candidate_id_seq'::regclass);
ALTER TABLE ONLY public.document ALTER COLUMN id SET DEFAULT nextval('public.document_id_seq'::regclass);
ALTER TABLE ONLY public.general_text ALTER COLUMN id SET DEFAULT nextval('public.general_text_id_seq'::regclass);
ALTER TABLE ONLY public.gloss ALTER COLUMN id SET DEFAULT nextval('public.gloss_id_seq'::regclass);
ALTER TABLE ONLY public.history ALTER COLUMN id SET DEFAULT nextval('public.history_id_seq'::regclass);
ALTER TABLE ONLY public.mined ALTER COLUMN id SET DEFAULT nextval('public.mined_id_seq'::regclass);
ALTER TABLE ONLY public.sentence_pair ALTER COLUMN id SET DEFAULT nextval('public.sentence_pair_id_seq'::regclass);
INSERT INTO public.bitext VALUES (1, 'memory.tmx', 'memory.tmx', '0', 1, '2026-11-24T09:59:30Z');
INSERT INTO public.candidate VALUES (1, '二重鍵', 'にじゅうかぎ', '["二", "重", "鍵"]', 'QCN', 'compound', '2重鍵', 0, 'new');
INSERT INTO public.candidate VALUES (2, '発射', 'はっしゃ', '["発射"]', 'V', 'word', '発射', 0, 'new');
INSERT INTO public.candidate VALUES (3, '同意', 'どうい', '["同意"]', 'V', 'word', '同意', 0, 'new');
INSERT INTO public.candidate VALUES (4, '国家安全保障会議', 'こっかあんぜんほしょうかいぎ', '["国家", "安全", "保障", "会議"]', 'NNVV', 'compound', '国家安全保障会議', 0, 'new');
INSERT INTO public.candidate VALUES (5, '安全保障会議', 'あんぜんほしょうかいぎ', '["安全", "保障", "会議"]', 'NVV', 'nested', '安全保障会議', 0, 'new');
INSERT INTO public.candidate VALUES (6, '安全保障', 'あんぜんほしょう', '["安全", "保障"]', 'NV', 'nested', '安全保障', 0, 'new');
INSERT INTO public.candidate VALUES (7, 'NSC', 'エヌエスシー', '["NSC"]', 'L', 'word', 'nsc', 0, 'new');
INSERT INTO public.candidate VALUES (8, '核', 'かく', '["核"]', 'N', 'word', '核', 0, 'new');
INSERT INTO public.candidate VALUES (9, '傘', 'かさ', '["傘"]', 'N', 'word', '傘', 0, 'new');
INSERT INTO public.candidate VALUES (11, '覚え書き', 'おぼえがき', '["覚え書き"]', 'N', 'word', '覚え書き', 0, 'new');
INSERT INTO public.candidate VALUES (13, '核の傘', 'かくのかさ', '["核", "の", "傘"]', 'N.N', 'expression', '核傘', 0, 'new');
INSERT INTO public.candidate VALUES (10, '覚書', 'おぼえがき', '["覚書"]', 'N', 'word', '覚え書き', 0, 'accepted');
INSERT INTO public.candidate VALUES (12, '外交努力', 'がいこうどりょく', '["外交", "努力"]', 'NV', 'compound', '外交努力', 0, 'rejected');
INSERT INTO public.concept VALUES ('shield', '', '', '', '', '', '', 2, 'approved', '', '', 1, '', '', 0, 'ja');
INSERT INTO public.concept VALUES ('sea-shield', '', '', '', '', '', '', 1, 'approved', '', '', 1, '', '', 0, 'ja');
INSERT INTO public.concept VALUES ('memorandum', '', '', '', '', '', 'review', 0, 'approved', '', '', 1, '2026-11-24T10:00:00Z', 'sato', 0, 'ja');
INSERT INTO public.context VALUES (1, 1, 0, 0, 0, 3);
INSERT INTO public.context VALUES (2, 1, 0, 0, 6, 8);
INSERT INTO public.context VALUES (3, 1, 0, 0, 12, 14);
INSERT INTO public.context VALUES (4, 1, 0, 24, 0, 8);
INSERT INTO public.context VALUES (5, 1, 0, 24, 2, 8);
INSERT INTO public.context VALUES (6, 1, 0, 24, 2, 6);
INSERT INTO public.context VALUES (7, 1, 0, 24, 9, 12);
INSERT INTO public.context VALUES (8, 1, 0, 24, 14, 15);
INSERT INTO public.context VALUES (8, 1, 1, 49, 0, 1);
INSERT INTO public.context VALUES (9, 1, 0, 24, 17, 18);
INSERT INTO public.context VALUES (9, 1, 1, 49, 2, 3);
INSERT INTO public.context VALUES (10, 1, 0, 49, 4, 6);
INSERT INTO public.context VALUES (11, 1, 0, 61, 0, 4);
INSERT INTO public.context VALUES (12, 1, 0, 69, 0, 4);
INSERT INTO public.context VALUES (13, 1, 0, 24, 14, 19);
INSERT INTO public.context VALUES (13, 1, 1, 49, 0, 3);
INSERT INTO public.designation VALUES ('盾', '', 2, 'shield');
INSERT INTO public.designation VALUES ('盾', '', 1, 'sea-shield');
INSERT INTO public.designation VALUES ('艦隊の盾', '', 1, 'sea-shield');
INSERT INTO public.designation VALUES ('覚書', '', 0, 'memorandum');
INSERT INTO public.document VALUES (1, 'essay.txt', 'essay.txt', 'cbe3abb07467345899b354e31999195a57556cffe18329bc64208000b45de283', 78, '2026-11-24T09:59:00Z');
INSERT INTO public.general_count VALUES (1, '核', 1);
INSERT INTO public.general_count VALUES (1, '傘', 1);
INSERT INTO public.general_count VALUES (1, '覚書', 1);
INSERT INTO public.general_count VALUES (1, '核の傘', 1);
INSERT INTO public.general_text VALUES (1, 'general.txt', '7eb330915e5695ec7197a00117c17eb438b56bb8ff262a684fed261c0959d6f9', 13);
INSERT INTO public.gloss VALUES (1, '国家安全保障会議', 'NSC', 1, 24, 0, 8);
INSERT INTO public.history VALUES (1, 1, '覚書', 'accepted', 'sato', '2026-11-24T10:00:00Z', 'memorandum', 'memorandum', 0, '', '{"status": "new", "concept": null}', '{"status": "accepted", "concept": {"id": "memorandum", "terms": [{"text": "覚書", "language": "ja", "reading": "おぼえがき", "part_of_speech": "noun", "type": null, "usage": "preferred", "note": "", "source": "", "contexts": [{"sentence": "核の傘は覚書に記された。", "document": "essay.txt", "start": 4, "end": 6, "offset": null}]}, {"text": "memorandum", "language": "en", "reading": "", "part_of_speech": "noun", "type": null, "usage": "preferred", "note": "", "source": "", "contexts": []}], "subject_field": "", "definition": "", "definition_ja": "", "definition_source": "", "note": "", "source": "review", "related": [], "homograph": 0, "state": "approved", "proposed_by": "", "revision": 1, "changed": "2026-11-24T10:00:00Z", "changed_by": "sato"}}', NULL);
INSERT INTO public.history VALUES (2, 2, '外交努力', 'deferred', 'mori', '2026-11-24T10:00:30Z', '', '', 0, '', '{"status": "new", "concept": null}', '{"status": "deferred", "concept": null}', NULL);
INSERT INTO public.history VALUES (3, 3, '外交努力', 'taken back', 'mori', '2026-11-24T10:00:40Z', '', '', 0, '', '{"status": "deferred", "concept": null}', '{"status": "new", "concept": null}', 2);
INSERT INTO public.history VALUES (4, 4, '外交努力', 'rejected', 'sato', '2026-11-24T10:01:00Z', '', '', 0, '', '{"status": "new", "concept": null}', '{"status": "rejected", "concept": null}', NULL);
INSERT INTO public.meta VALUES ('schema', '5');
INSERT INTO public.meta VALUES ('scored by', '');
INSERT INTO public.mined VALUES (1, 1, '覚書', 'memorandum', 0.4, 1, 1, 1);
INSERT INTO public.mined_example VALUES (1, 0, 1);
INSERT INTO public.occurrence VALUES (1, 1, 1, 1, 0, 0, 1);
INSERT INTO public.occurrence VALUES (2, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (3, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (4, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (5, 1, 1, 0, 1, 0, 0);
INSERT INTO public.occurrence VALUES (6, 1, 1, 0, 1, 0, 0);
INSERT INTO public.occurrence VALUES (7, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (8, 1, 2, 2, 0, 0, 0);
INSERT INTO public.occurrence VALUES (9, 1, 2, 2, 0, 1, 0);
INSERT INTO public.occurrence VALUES (10, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (11, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (12, 1, 1, 1, 0, 0, 0);
INSERT INTO public.occurrence VALUES (13, 1, 2, 2, 0, 1, 0);
INSERT INTO public.relation VALUES ('shield', 0, 'sea-shield');
INSERT INTO public.sentence VALUES (1, 0, '二重鍵とは、発射に二国の同意を要する方式である。');
INSERT INTO public.sentence VALUES (1, 24, '国家安全保障会議(NSC)は核の「傘」を論じた。');
INSERT INTO public.sentence VALUES (1, 49, '核の傘は覚書に記された。');
INSERT INTO public.sentence VALUES (1, 61, '覚え書きは短い。');
INSERT INTO public.sentence VALUES (1, 69, '外交努力が続く。');
INSERT INTO public.sentence_pair VALUES (1, 1, 'line 1', '覚書に署名した。', 'They signed a memorandum.');
INSERT INTO public.term VALUES ('shield', 0, 'ja', '盾', '盾', '盾', 'たて', 'noun', '', 'preferred', '', '');
INSERT INTO public.term VALUES ('shield', 1, 'en', 'shield', 'shield', 'shield', '', 'noun', '', 'preferred', '', '');
INSERT INTO public.term VALUES ('sea-shield', 0, 'ja', '盾', '盾', '盾', 'たて', 'noun', '', 'preferred', '', '');
INSERT INTO public.term VALUES ('sea-shield', 1, 'ja', '艦隊の盾', '艦隊の盾', '艦隊盾', 'かんたいのたて', 'noun', '', 'admitted', '', '');
INSERT INTO public.term VALUES ('sea-shield', 2, 'en', 'fleet screen', 'fleet screen', 'fleet screen', '', 'noun', '', 'preferred', '', '');
INSERT INTO public.term VALUES ('memorandum', 0, 'ja', '覚書', '覚書', '覚え書き', 'おぼえがき', 'noun', '', 'preferred', '', '');
INSERT INTO public.term VALUES ('memorandum', 1, 'en', 'memorandum', 'memorandum', 'memorandum', '', 'noun', '', 'preferred', '', '');
INSERT INTO public.term_context VALUES ('memorandum', 0, 0, '核の傘は覚書に記された。', 'essay.txt', 4, 6, NULL);
SELECT pg_catalog.setval('public.bitext_id_seq', 1, true);
SELECT pg_catalog.setval('public.candidate_id_seq', 13, true);
SELECT pg_catalog.setval('public.document_id_seq', 1, false);
SELECT pg_catalog.setval('public.general_text_id_seq', 1, true);
SELECT pg_catalog.setval('public.gloss_id_seq', 1, true);
SELECT pg_catalog.setval('public.history_id_seq', 4, true);
SELECT pg_catalog.setval('public.mined_id_seq', 1, false);
SELECT pg_catalog.setval('public.sentence_pair_id_seq', 1, false);
ALTER TABLE ONLY public.bitext
    ADD CONSTRAINT bitext_identity_key UNIQUE (identity);
ALTER TABLE ONLY public.bitext
    ADD CONSTRAINT bitext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.candidate
    ADD CONSTRAINT candidate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.candidate
    ADD CONSTRAINT candidate_term_key UNIQUE (term);
ALTER TABLE ONLY public.concept
    ADD CONSTRAINT concept_id_subject_field_homograph_key UNIQUE (id, subject_field, homograph);
ALTER TABLE ONLY public.concept
    ADD CONSTRAINT concept_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.context
    ADD CONSTRAINT context_pkey PRIMARY KEY (candidate, document, "position");
ALTER TABLE ONLY public.designation
    ADD CONSTRAINT designation_pkey PRIMARY KEY (key, subject_field, homograph);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_identity_key UNIQUE (identity);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_name_key UNIQUE (name);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.forward
    ADD CONSTRAINT forward_pkey PRIMARY KEY (old);
ALTER TABLE ONLY public.general_count
    ADD CONSTRAINT general_count_pkey PRIMARY KEY (general_text, term);
ALTER TABLE ONLY public.general_text
    ADD CONSTRAINT general_text_identity_key UNIQUE (identity);
ALTER TABLE ONLY public.general_text
    ADD CONSTRAINT general_text_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.gloss
    ADD CONSTRAINT gloss_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT history_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.mined_example
    ADD CONSTRAINT mined_example_pkey PRIMARY KEY (mined, "position");
ALTER TABLE ONLY public.mined
    ADD CONSTRAINT mined_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.occurrence
    ADD CONSTRAINT occurrence_pkey PRIMARY KEY (candidate, document);
ALTER TABLE ONLY public.relation
    ADD CONSTRAINT relation_pkey PRIMARY KEY (concept, "position");
ALTER TABLE ONLY public.sentence_pair
    ADD CONSTRAINT sentence_pair_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sentence
    ADD CONSTRAINT sentence_pkey PRIMARY KEY (document, "offset");
ALTER TABLE ONLY public.stamp
    ADD CONSTRAINT stamp_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_concept_position_language_key UNIQUE (concept, "position", language);
ALTER TABLE ONLY public.term_context
    ADD CONSTRAINT term_context_pkey PRIMARY KEY (concept, term, "position");
ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_pkey PRIMARY KEY (concept, "position");
CREATE INDEX context_sentence ON public.context USING btree (document, "offset");
CREATE INDEX gloss_sentence ON public.gloss USING btree (document, "offset");
CREATE INDEX ix_designation_concept ON public.designation USING btree (concept);
CREATE INDEX ix_forward_concept ON public.forward USING btree (concept);
CREATE INDEX ix_gloss_term ON public.gloss USING btree (term);
CREATE INDEX ix_history_batch ON public.history USING btree (batch);
CREATE INDEX ix_history_concept ON public.history USING btree (concept);
CREATE INDEX ix_history_term ON public.history USING btree (term);
CREATE INDEX ix_history_undoes ON public.history USING btree (undoes);
CREATE INDEX ix_history_who ON public.history USING btree (who);
CREATE INDEX ix_mined_bitext ON public.mined USING btree (bitext);
CREATE INDEX ix_mined_example_pair ON public.mined_example USING btree (pair);
CREATE INDEX ix_mined_term ON public.mined USING btree (term);
CREATE INDEX ix_occurrence_document ON public.occurrence USING btree (document);
CREATE INDEX ix_sentence_pair_bitext ON public.sentence_pair USING btree (bitext);
CREATE INDEX ix_term_reading ON public.term USING btree (reading);
CREATE UNIQUE INDEX one_preferred_term_a_language ON public.term USING btree (concept, language) WHERE (usage = 'preferred'::text);
CREATE INDEX term_form ON public.term USING btree (form, language);
CREATE INDEX term_key ON public.term USING btree (key, language);
CREATE TRIGGER history_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.history FOR EACH STATEMENT EXECUTE FUNCTION public.history_is_kept();
ALTER TABLE ONLY public.concept
    ADD CONSTRAINT a_japanese_term FOREIGN KEY (id, head, head_language) REFERENCES public.term(concept, "position", language) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.context
    ADD CONSTRAINT context_candidate_fkey FOREIGN KEY (candidate) REFERENCES public.candidate(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.context
    ADD CONSTRAINT context_document_offset_fkey FOREIGN KEY (document, "offset") REFERENCES public.sentence(document, "offset") ON DELETE CASCADE;
ALTER TABLE ONLY public.designation
    ADD CONSTRAINT designation_concept_subject_field_homograph_fkey FOREIGN KEY (concept, subject_field, homograph) REFERENCES public.concept(id, subject_field, homograph) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.forward
    ADD CONSTRAINT forward_concept_fkey FOREIGN KEY (concept) REFERENCES public.concept(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.general_count
    ADD CONSTRAINT general_count_general_text_fkey FOREIGN KEY (general_text) REFERENCES public.general_text(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.gloss
    ADD CONSTRAINT gloss_document_offset_fkey FOREIGN KEY (document, "offset") REFERENCES public.sentence(document, "offset") ON DELETE CASCADE;
ALTER TABLE ONLY public.mined
    ADD CONSTRAINT mined_bitext_fkey FOREIGN KEY (bitext) REFERENCES public.bitext(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mined_example
    ADD CONSTRAINT mined_example_mined_fkey FOREIGN KEY (mined) REFERENCES public.mined(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mined_example
    ADD CONSTRAINT mined_example_pair_fkey FOREIGN KEY (pair) REFERENCES public.sentence_pair(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.occurrence
    ADD CONSTRAINT occurrence_candidate_fkey FOREIGN KEY (candidate) REFERENCES public.candidate(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.occurrence
    ADD CONSTRAINT occurrence_document_fkey FOREIGN KEY (document) REFERENCES public.document(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.relation
    ADD CONSTRAINT relation_concept_fkey FOREIGN KEY (concept) REFERENCES public.concept(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sentence
    ADD CONSTRAINT sentence_document_fkey FOREIGN KEY (document) REFERENCES public.document(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sentence_pair
    ADD CONSTRAINT sentence_pair_bitext_fkey FOREIGN KEY (bitext) REFERENCES public.bitext(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.term
    ADD CONSTRAINT term_concept_fkey FOREIGN KEY (concept) REFERENCES public.concept(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.term_context
    ADD CONSTRAINT term_context_concept_term_fkey FOREIGN KEY (concept, term) REFERENCES public.term(concept, "position") ON DELETE CASCADE;
