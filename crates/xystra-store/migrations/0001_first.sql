-- The first schema. Text, bigint, double precision and bytes only, so that PostgreSQL takes the same statements.
-- Instants are microseconds since 1970 in UTC; ids are UUIDs as text; yes/no is 1/0.
-- Every table carries the practice, and every query names it.

CREATE TABLE practice (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE account (
    practice_id   TEXT   NOT NULL REFERENCES practice (id),
    id            TEXT   NOT NULL PRIMARY KEY,
    login         TEXT   NOT NULL UNIQUE,
    name          TEXT   NOT NULL,
    role          TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT
);

-- One row for each browser that is signed in; the cookie's value is kept only as its SHA-256.
CREATE TABLE sign_in (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL REFERENCES account (id),
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL
);

-- Ground: what a person or a sensor said. A row is never edited; an amendment is a new row of the same thread.
-- `latest` marks the thread's last version, so that reading what is in force needs no search.
-- `find` is what a search for a client or complaint looks through.
CREATE TABLE entry (
    practice_id  TEXT   NOT NULL REFERENCES practice (id),
    id           TEXT   NOT NULL PRIMARY KEY,
    thread_id    TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    latest       BIGINT NOT NULL,
    step         TEXT   NOT NULL,
    client_id    TEXT,
    episode_id   TEXT,
    author_id    TEXT   NOT NULL,
    author_name  TEXT   NOT NULL,
    recorded_at  BIGINT NOT NULL,
    happened_at  BIGINT NOT NULL,
    reason       TEXT,
    struck       BIGINT NOT NULL,
    find         TEXT,
    body         TEXT   NOT NULL,
    UNIQUE (practice_id, thread_id, version)
);
CREATE INDEX entry_by_episode ON entry (practice_id, episode_id, latest);
CREATE INDEX entry_by_client ON entry (practice_id, client_id, step, latest);
CREATE INDEX entry_by_thread ON entry (practice_id, thread_id, latest);
-- Without `latest`, so that a planner without statistics never takes it for a client, an episode or a thread.
CREATE INDEX entry_by_step ON entry (practice_id, step, happened_at);
CREATE INDEX entry_by_time ON entry (practice_id, recorded_at);

-- A form that was posted; posting it again answers with the same place and writes nothing.
CREATE TABLE operation (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    id          TEXT   NOT NULL,
    location    TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (practice_id, id)
);

-- What somebody is still typing.
CREATE TABLE draft (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    account_id  TEXT   NOT NULL REFERENCES account (id),
    form        TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    tab         TEXT   NOT NULL,
    saved_at    BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    PRIMARY KEY (practice_id, account_id, form)
);

-- A recording as it came, in parts, so that no row is large.
CREATE TABLE recording (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    client_id   TEXT   NOT NULL,
    episode_id  TEXT   NOT NULL,
    session_id  TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    sha256      TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    added_by    TEXT   NOT NULL,
    added_at    BIGINT NOT NULL
);
CREATE INDEX recording_by_session ON recording (practice_id, session_id);
CREATE TABLE recording_part (
    practice_id  TEXT   NOT NULL REFERENCES practice (id),
    recording_id TEXT   NOT NULL REFERENCES recording (id),
    part         BIGINT NOT NULL,
    content      BLOB   NOT NULL,
    PRIMARY KEY (recording_id, part)
);

-- Derived: may be thrown away and rebuilt; says from what and by which program it was made.
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
    PRIMARY KEY (practice_id, subject_id, kind)
);

-- Who did what to which record, free of health content, each row chained to the one before.
CREATE TABLE journal (
    practice_id  TEXT   NOT NULL REFERENCES practice (id),
    number       BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    account_id   TEXT,
    action       TEXT   NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    PRIMARY KEY (practice_id, number)
);

-- Backups that were made and verified; their age stands on Today.
CREATE TABLE backup (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    made_at     BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    sha256      TEXT   NOT NULL,
    PRIMARY KEY (practice_id, made_at)
);
