-- The third schema: results of several methods beside one another, and how a file was read that does not say all itself.

-- What was said of a file beyond what it says itself, as JSON: units, columns, stream. Empty when nothing had to be said.
ALTER TABLE recording ADD COLUMN reading TEXT;

-- The same bytes stand in a session once.
CREATE UNIQUE INDEX recording_by_content ON recording (practice_id, session_id, sha256);

-- What was said of a file of this tool, by the tool's name: tried first with its next file.
CREATE TABLE tool_reading (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    tool        TEXT   NOT NULL,
    reading     TEXT   NOT NULL,
    saved_by    TEXT   NOT NULL,
    saved_at    BIGINT NOT NULL,
    PRIMARY KEY (practice_id, tool)
);

-- A result of another method stands beside the old one and never in its place.
ALTER TABLE derived RENAME TO derived_before;
CREATE TABLE derived (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    subject_id  TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    client_id   TEXT   NOT NULL,
    made_from   TEXT   NOT NULL,
    program     TEXT   NOT NULL,
    catalog     TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    method      TEXT   NOT NULL,
    PRIMARY KEY (practice_id, subject_id, kind, method)
);
INSERT INTO derived (practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body, method)
SELECT practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body, 'dose-1' FROM derived_before;
DROP TABLE derived_before;
