-- Times are whole microseconds since 1970-01-01 UTC.

-- Facts about this installation, such as the id of its master key.
CREATE TABLE installation (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenants (
  name    TEXT PRIMARY KEY,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE teams (
  tenant  TEXT NOT NULL REFERENCES tenants (name),
  name    TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

-- A key's secret is nowhere; hash is HMAC-SHA-256 of it under the installation's pepper.
CREATE TABLE virtual_keys (
  seq     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  hash    BLOB NOT NULL UNIQUE,
  hint    TEXT NOT NULL,
  name    TEXT NOT NULL,
  tenant  TEXT NOT NULL REFERENCES tenants (name),
  team    TEXT,
  models  TEXT NOT NULL,  -- JSON array of names and patterns
  created INTEGER NOT NULL,
  expires INTEGER,
  revoked INTEGER
) STRICT;

CREATE INDEX virtual_keys_name ON virtual_keys (name, tenant);

-- AES-256-GCM; the tag is the last 16 bytes of the ciphertext. key_id names the master key.
CREATE TABLE provider_credentials (
  name       TEXT PRIMARY KEY,
  ciphertext BLOB NOT NULL,
  nonce      BLOB NOT NULL,
  key_id     TEXT NOT NULL,
  created    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
