BEGIN TRANSACTION;
CREATE TABLE bitext (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	identity TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	pairs INTEGER NOT NULL, 
	aligned TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (identity)
);
INSERT INTO "bitext" VALUES(1,'memory.tmx','memory.tmx','0',1,'2026-11-24T09:59:30Z');
CREATE TABLE candidate (
	id INTEGER NOT NULL, 
	term TEXT NOT NULL, 
	reading TEXT DEFAULT '' NOT NULL, 
	pieces TEXT DEFAULT '' NOT NULL, 
	classes TEXT DEFAULT '' NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	"key" TEXT DEFAULT '' NOT NULL, 
	score FLOAT DEFAULT '0' NOT NULL, 
	status TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT known_status CHECK (status in ('new', 'accepted', 'rejected', 'deferred')), 
	UNIQUE (term)
);
INSERT INTO "candidate" VALUES(1,'二重鍵','にじゅうかぎ','["二", "重", "鍵"]','QCN','compound','2重鍵',0.0,'new');
INSERT INTO "candidate" VALUES(2,'発射','はっしゃ','["発射"]','V','word','発射',0.0,'new');
INSERT INTO "candidate" VALUES(3,'同意','どうい','["同意"]','V','word','同意',0.0,'new');
INSERT INTO "candidate" VALUES(4,'国家安全保障会議','こっかあんぜんほしょうかいぎ','["国家", "安全", "保障", "会議"]','NNVV','compound','国家安全保障会議',0.0,'new');
INSERT INTO "candidate" VALUES(5,'安全保障会議','あんぜんほしょうかいぎ','["安全", "保障", "会議"]','NVV','nested','安全保障会議',0.0,'new');
INSERT INTO "candidate" VALUES(6,'安全保障','あんぜんほしょう','["安全", "保障"]','NV','nested','安全保障',0.0,'new');
INSERT INTO "candidate" VALUES(7,'NSC','エヌエスシー','["NSC"]','L','word','nsc',0.0,'new');
INSERT INTO "candidate" VALUES(8,'核','かく','["核"]','N','word','核',0.0,'new');
INSERT INTO "candidate" VALUES(9,'傘','かさ','["傘"]','N','word','傘',0.0,'new');
INSERT INTO "candidate" VALUES(10,'覚書','おぼえがき','["覚書"]','N','word','覚え書き',0.0,'accepted');
INSERT INTO "candidate" VALUES(11,'覚え書き','おぼえがき','["覚え書き"]','N','word','覚え書き',0.0,'new');
INSERT INTO "candidate" VALUES(12,'外交努力','がいこうどりょく','["外交", "努力"]','NV','compound','外交努力',0.0,'rejected');
INSERT INTO "candidate" VALUES(13,'核の傘','かくのかさ','["核", "の", "傘"]','N.N','expression','核傘',0.0,'new');
CREATE TABLE concept (
	id TEXT NOT NULL, 
	subject_field TEXT DEFAULT '' NOT NULL, 
	definition TEXT DEFAULT '' NOT NULL, 
	definition_ja TEXT DEFAULT '' NOT NULL, 
	definition_source TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	homograph INTEGER DEFAULT '0' NOT NULL, 
	state TEXT NOT NULL, 
	proposed_by TEXT DEFAULT '' NOT NULL, 
	approved TEXT DEFAULT '' NOT NULL, 
	revision INTEGER NOT NULL, 
	changed TEXT DEFAULT '' NOT NULL, 
	changed_by TEXT DEFAULT '' NOT NULL, 
	head INTEGER NOT NULL, 
	head_language TEXT DEFAULT 'ja' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT a_japanese_term FOREIGN KEY(id, head, head_language) REFERENCES term (concept, position, language) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT japanese_head CHECK (head_language = 'ja'), 
	CONSTRAINT known_state CHECK (state in ('proposed', 'approved', 'rejected', 'deferred')), 
	UNIQUE (id, subject_field, homograph)
);
INSERT INTO "concept" VALUES('shield','','','','','','',2,'approved','','',1,'','',0,'ja');
INSERT INTO "concept" VALUES('sea-shield','','','','','','',1,'approved','','',1,'','',0,'ja');
INSERT INTO "concept" VALUES('memorandum','','','','','','review',0,'approved','','',1,'2026-11-24T10:00:00Z','sato',0,'ja');
CREATE TABLE context (
	candidate INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	"offset" INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY (candidate, document, position), 
	FOREIGN KEY(document, "offset") REFERENCES sentence (document, "offset") ON DELETE CASCADE, 
	FOREIGN KEY(candidate) REFERENCES candidate (id) ON DELETE CASCADE
);
INSERT INTO "context" VALUES(1,1,0,0,0,3);
INSERT INTO "context" VALUES(2,1,0,0,6,8);
INSERT INTO "context" VALUES(3,1,0,0,12,14);
INSERT INTO "context" VALUES(4,1,0,24,0,8);
INSERT INTO "context" VALUES(5,1,0,24,2,8);
INSERT INTO "context" VALUES(6,1,0,24,2,6);
INSERT INTO "context" VALUES(7,1,0,24,9,12);
INSERT INTO "context" VALUES(8,1,0,24,14,15);
INSERT INTO "context" VALUES(8,1,1,49,0,1);
INSERT INTO "context" VALUES(9,1,0,24,17,18);
INSERT INTO "context" VALUES(9,1,1,49,2,3);
INSERT INTO "context" VALUES(10,1,0,49,4,6);
INSERT INTO "context" VALUES(11,1,0,61,0,4);
INSERT INTO "context" VALUES(12,1,0,69,0,4);
INSERT INTO "context" VALUES(13,1,0,24,14,19);
INSERT INTO "context" VALUES(13,1,1,49,0,3);
CREATE TABLE designation (
	"key" TEXT NOT NULL, 
	subject_field TEXT NOT NULL, 
	homograph INTEGER NOT NULL, 
	concept TEXT NOT NULL, 
	PRIMARY KEY ("key", subject_field, homograph), 
	FOREIGN KEY(concept, subject_field, homograph) REFERENCES concept (id, subject_field, homograph) ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "designation" VALUES('盾','',2,'shield');
INSERT INTO "designation" VALUES('盾','',1,'sea-shield');
INSERT INTO "designation" VALUES('艦隊の盾','',1,'sea-shield');
INSERT INTO "designation" VALUES('覚書','',0,'memorandum');
CREATE TABLE document (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	identity TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	characters INTEGER NOT NULL, 
	collected TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name), 
	UNIQUE (identity)
);
INSERT INTO "document" VALUES(1,'essay.txt','essay.txt','cbe3abb07467345899b354e31999195a57556cffe18329bc64208000b45de283',78,'2026-11-24T09:59:00Z');
CREATE TABLE forward (
	old TEXT NOT NULL, 
	concept TEXT NOT NULL, 
	PRIMARY KEY (old), 
	FOREIGN KEY(concept) REFERENCES concept (id) ON DELETE CASCADE
);
CREATE TABLE general_count (
	general_text INTEGER NOT NULL, 
	term TEXT NOT NULL, 
	frequency INTEGER NOT NULL, 
	PRIMARY KEY (general_text, term), 
	FOREIGN KEY(general_text) REFERENCES general_text (id) ON DELETE CASCADE
);
INSERT INTO "general_count" VALUES(1,'核',1);
INSERT INTO "general_count" VALUES(1,'傘',1);
INSERT INTO "general_count" VALUES(1,'覚書',1);
INSERT INTO "general_count" VALUES(1,'核の傘',1);
CREATE TABLE general_text (
	id INTEGER NOT NULL, 
	identity TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	characters INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (identity)
);
INSERT INTO "general_text" VALUES(1,'general.txt','7eb330915e5695ec7197a00117c17eb438b56bb8ff262a684fed261c0959d6f9',13);
CREATE TABLE gloss (
	id INTEGER NOT NULL, 
	term TEXT NOT NULL, 
	text TEXT NOT NULL, 
	document INTEGER NOT NULL, 
	"offset" INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document, "offset") REFERENCES sentence (document, "offset") ON DELETE CASCADE
);
INSERT INTO "gloss" VALUES(1,'国家安全保障会議','NSC',1,24,0,8);
CREATE TABLE history (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch INTEGER NOT NULL, 
	term TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	who TEXT NOT NULL, 
	"when" TEXT NOT NULL, 
	english TEXT DEFAULT '' NOT NULL, 
	concept TEXT DEFAULT '' NOT NULL, 
	revision INTEGER DEFAULT '0' NOT NULL, 
	comment TEXT DEFAULT '' NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	undoes INTEGER
);
INSERT INTO "history" VALUES(1,1,'覚書','accepted','sato','2026-11-24T10:00:00Z','memorandum','memorandum',0,'','{"status": "new", "concept": null}','{"status": "accepted", "concept": {"id": "memorandum", "terms": [{"text": "覚書", "language": "ja", "reading": "おぼえがき", "part_of_speech": "noun", "type": null, "usage": "preferred", "note": "", "source": "", "contexts": [{"sentence": "核の傘は覚書に記された。", "document": "essay.txt", "start": 4, "end": 6, "offset": null}]}, {"text": "memorandum", "language": "en", "reading": "", "part_of_speech": "noun", "type": null, "usage": "preferred", "note": "", "source": "", "contexts": []}], "subject_field": "", "definition": "", "definition_ja": "", "definition_source": "", "note": "", "source": "review", "related": [], "homograph": 0, "state": "approved", "proposed_by": "", "revision": 1, "changed": "2026-11-24T10:00:00Z", "changed_by": "sato"}}',NULL);
INSERT INTO "history" VALUES(2,2,'外交努力','deferred','mori','2026-11-24T10:00:30Z','','',0,'','{"status": "new", "concept": null}','{"status": "deferred", "concept": null}',NULL);
INSERT INTO "history" VALUES(3,3,'外交努力','taken back','mori','2026-11-24T10:00:40Z','','',0,'','{"status": "deferred", "concept": null}','{"status": "new", "concept": null}',2);
INSERT INTO "history" VALUES(4,4,'外交努力','rejected','sato','2026-11-24T10:01:00Z','','',0,'','{"status": "new", "concept": null}','{"status": "rejected", "concept": null}',NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','5');
INSERT INTO "meta" VALUES('scored by','');
CREATE TABLE mined (
	id INTEGER NOT NULL, 
	bitext INTEGER NOT NULL, 
	term TEXT NOT NULL, 
	english TEXT NOT NULL, 
	strength FLOAT NOT NULL, 
	together INTEGER NOT NULL, 
	term_pairs INTEGER NOT NULL, 
	phrase_pairs INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(bitext) REFERENCES bitext (id) ON DELETE CASCADE
);
INSERT INTO "mined" VALUES(1,1,'覚書','memorandum',0.4,1,1,1);
CREATE TABLE mined_example (
	mined INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	pair INTEGER NOT NULL, 
	PRIMARY KEY (mined, position), 
	FOREIGN KEY(mined) REFERENCES mined (id) ON DELETE CASCADE, 
	FOREIGN KEY(pair) REFERENCES sentence_pair (id) ON DELETE CASCADE
);
INSERT INTO "mined_example" VALUES(1,0,1);
CREATE TABLE occurrence (
	candidate INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	frequency INTEGER NOT NULL, 
	alone INTEGER DEFAULT '0' NOT NULL, 
	hosts INTEGER DEFAULT '0' NOT NULL, 
	quoted INTEGER DEFAULT '0' NOT NULL, 
	defined INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (candidate, document), 
	FOREIGN KEY(candidate) REFERENCES candidate (id) ON DELETE CASCADE, 
	FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
);
INSERT INTO "occurrence" VALUES(1,1,1,1,0,0,1);
INSERT INTO "occurrence" VALUES(2,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(3,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(4,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(5,1,1,0,1,0,0);
INSERT INTO "occurrence" VALUES(6,1,1,0,1,0,0);
INSERT INTO "occurrence" VALUES(7,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(8,1,2,2,0,0,0);
INSERT INTO "occurrence" VALUES(9,1,2,2,0,1,0);
INSERT INTO "occurrence" VALUES(10,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(11,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(12,1,1,1,0,0,0);
INSERT INTO "occurrence" VALUES(13,1,2,2,0,1,0);
CREATE TABLE relation (
	concept TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	related TEXT NOT NULL, 
	PRIMARY KEY (concept, position), 
	FOREIGN KEY(concept) REFERENCES concept (id) ON DELETE CASCADE
);
INSERT INTO "relation" VALUES('shield',0,'sea-shield');
CREATE TABLE sentence (
	document INTEGER NOT NULL, 
	"offset" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (document, "offset"), 
	FOREIGN KEY(document) REFERENCES document (id) ON DELETE CASCADE
);
INSERT INTO "sentence" VALUES(1,0,'二重鍵とは、発射に二国の同意を要する方式である。');
INSERT INTO "sentence" VALUES(1,24,'国家安全保障会議(NSC)は核の「傘」を論じた。');
INSERT INTO "sentence" VALUES(1,49,'核の傘は覚書に記された。');
INSERT INTO "sentence" VALUES(1,61,'覚え書きは短い。');
INSERT INTO "sentence" VALUES(1,69,'外交努力が続く。');
CREATE TABLE sentence_pair (
	id INTEGER NOT NULL, 
	bitext INTEGER NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	japanese TEXT NOT NULL, 
	english TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(bitext) REFERENCES bitext (id) ON DELETE CASCADE
);
INSERT INTO "sentence_pair" VALUES(1,1,'line 1','覚書に署名した。','They signed a memorandum.');
CREATE TABLE stamp (
	"key" TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	changed TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE term (
	concept TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	text TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	form TEXT NOT NULL, 
	reading TEXT DEFAULT '' NOT NULL, 
	part_of_speech TEXT DEFAULT '' NOT NULL, 
	type TEXT DEFAULT '' NOT NULL, 
	usage TEXT NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (concept, position), 
	UNIQUE (concept, position, language), 
	CONSTRAINT known_language CHECK (language in ('ja', 'en')), 
	CONSTRAINT known_usage CHECK (usage in ('preferred', 'admitted', 'deprecated', 'superseded')), 
	FOREIGN KEY(concept) REFERENCES concept (id) ON DELETE CASCADE
);
INSERT INTO "term" VALUES('shield',0,'ja','盾','盾','盾','たて','noun','','preferred','','');
INSERT INTO "term" VALUES('shield',1,'en','shield','shield','shield','','noun','','preferred','','');
INSERT INTO "term" VALUES('sea-shield',0,'ja','盾','盾','盾','たて','noun','','preferred','','');
INSERT INTO "term" VALUES('sea-shield',1,'ja','艦隊の盾','艦隊の盾','艦隊盾','かんたいのたて','noun','','admitted','','');
INSERT INTO "term" VALUES('sea-shield',2,'en','fleet screen','fleet screen','fleet screen','','noun','','preferred','','');
INSERT INTO "term" VALUES('memorandum',0,'ja','覚書','覚書','覚え書き','おぼえがき','noun','','preferred','','');
INSERT INTO "term" VALUES('memorandum',1,'en','memorandum','memorandum','memorandum','','noun','','preferred','','');
CREATE TABLE term_context (
	concept TEXT NOT NULL, 
	term INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	sentence TEXT NOT NULL, 
	document TEXT DEFAULT '' NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	"offset" INTEGER, 
	PRIMARY KEY (concept, term, position), 
	FOREIGN KEY(concept, term) REFERENCES term (concept, position) ON DELETE CASCADE
);
INSERT INTO "term_context" VALUES('memorandum',0,0,'核の傘は覚書に記された。','essay.txt',4,6,NULL);
CREATE INDEX ix_history_term ON history (term);
CREATE INDEX ix_history_who ON history (who);
CREATE INDEX ix_history_concept ON history (concept);
CREATE INDEX ix_history_batch ON history (batch);
CREATE INDEX ix_history_undoes ON history (undoes);
CREATE TRIGGER history_keeps_update before update on history begin
  select raise(abort, 'the history is only added to');
end;
CREATE TRIGGER history_keeps_delete before delete on history begin
  select raise(abort, 'the history is only added to');
end;
CREATE INDEX ix_term_reading ON term (reading);
CREATE INDEX term_form ON term (form, language);
CREATE INDEX term_key ON term ("key", language);
CREATE UNIQUE INDEX one_preferred_term_a_language ON term (concept, language) WHERE usage = 'preferred';
CREATE INDEX ix_designation_concept ON designation (concept);
CREATE INDEX ix_forward_concept ON forward (concept);
CREATE INDEX ix_occurrence_document ON occurrence (document);
CREATE INDEX ix_sentence_pair_bitext ON sentence_pair (bitext);
CREATE INDEX ix_mined_term ON mined (term);
CREATE INDEX ix_mined_bitext ON mined (bitext);
CREATE INDEX context_sentence ON context (document, "offset");
CREATE INDEX gloss_sentence ON gloss (document, "offset");
CREATE INDEX ix_gloss_term ON gloss (term);
CREATE INDEX ix_mined_example_pair ON mined_example (pair);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('history',4);
COMMIT;
