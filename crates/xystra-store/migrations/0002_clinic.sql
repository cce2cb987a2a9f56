-- The second schema: a clinic with several people, several rooms and, on a server, several practices.

-- A second factor: the shared secret in base 32, and the last time step that was used, so that no code serves twice.
ALTER TABLE account ADD COLUMN totp_secret TEXT;
ALTER TABLE account ADD COLUMN totp_step BIGINT;

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

-- Derived, one row for each client: what lists and searches need. `revision` counts the entries written about the client,
-- `find` holds the words of the client and of every complaint.
CREATE TABLE client (
    practice_id TEXT   NOT NULL REFERENCES practice (id),
    id          TEXT   NOT NULL PRIMARY KEY,
    revision    BIGINT NOT NULL,
    written_at  BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    struck      BIGINT NOT NULL,
    find        TEXT   NOT NULL
);
CREATE INDEX client_by_time ON client (practice_id, written_at);
CREATE INDEX client_by_since ON client (practice_id, struck, since, id);
