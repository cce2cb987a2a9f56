-- The second schema: a clinic with several people, several rooms and, on a server, several practices.

-- A second factor: the shared secret in base 32, and the last time step that was used, so that no code serves twice. Without
-- a step the secret was never confirmed by a code, and does not count. `seen_at` is when the person was here last.
ALTER TABLE account ADD COLUMN totp_secret TEXT;
ALTER TABLE account ADD COLUMN totp_step BIGINT;
ALTER TABLE account ADD COLUMN seen_at BIGINT;

-- Codes for whoever lost the device that makes the second factor: kept as their SHA-256, and gone once they served.
CREATE TABLE recovery_code (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    account_id  TEXT   NOT NULL REFERENCES account (id),
    code_hash   TEXT   NOT NULL,
    PRIMARY KEY (practice_id, account_id, code_hash)
);

-- A browser that knew the password and still owes the code of the second factor. It opens nothing.
CREATE TABLE half_sign_in (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL REFERENCES account (id),
    ends_at     BIGINT NOT NULL
);

-- What the browser calls itself, and the one page that is open while it is handed to a client.
ALTER TABLE sign_in ADD COLUMN device TEXT;
ALTER TABLE sign_in ADD COLUMN kiosk TEXT;

-- Failed sign-ins, shared by every node. A login is kept as its SHA-256, for somebody may type a password there.
CREATE TABLE attempt (
    login_hash TEXT   NOT NULL PRIMARY KEY,
    failures   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL
);

-- Somebody who is asked to join, or to set a new password (then `account_id` says whose). The link's secret is kept as its
-- SHA-256 and serves once.
CREATE TABLE invitation (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT,
    role        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    invited_by  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    used_at     BIGINT
);

-- Somebody opened a record that is not theirs to read, said why, and the owner looked at it.
CREATE TABLE emergency (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL REFERENCES account (id),
    client_id   TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    seen_by     TEXT,
    seen_at     BIGINT
);
CREATE INDEX emergency_by_account ON emergency (practice_id, account_id, ends_at);

-- A link for a client: the form of a check-in, or the client's own page. It opens one thing, once or until it ends.
CREATE TABLE link (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    client_id   TEXT   NOT NULL,
    episode_id  TEXT   NOT NULL,
    session_id  TEXT,
    made_by     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    used_at     BIGINT
);
CREATE INDEX link_by_client ON link (practice_id, client_id);

-- Work that waits for any node: one row for each kind and subject.
CREATE TABLE job (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    kind        TEXT   NOT NULL,
    subject_id  TEXT   NOT NULL,
    due_at      BIGINT NOT NULL,
    tries       BIGINT NOT NULL,
    problem     TEXT,
    PRIMARY KEY (practice_id, kind, subject_id)
);
CREATE INDEX job_by_time ON job (due_at);

-- Derived, one row for each client: what lists, searches and the cache of records need. `revision` counts the changes about
-- the client, `since` is when the client's own entry happened, `find` holds the words of the client and of every complaint.
CREATE TABLE client (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    id          TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    written_at  BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    struck      BIGINT NOT NULL,
    find        TEXT   NOT NULL,
    PRIMARY KEY (practice_id, id)
);
CREATE INDEX client_by_time ON client (practice_id, written_at);
CREATE INDEX client_by_since ON client (practice_id, struck, since, id);

-- The intake of an episode is looked up on every page of it: without the step that meant every entry of the episode.
DROP INDEX entry_by_episode;
CREATE INDEX entry_by_episode ON entry (practice_id, episode_id, step);
