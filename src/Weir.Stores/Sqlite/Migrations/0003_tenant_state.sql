-- What a tenant's conversations leave behind for their next turn. Keys are hashed, values are sealed; nothing here can be read without the master key.
CREATE TABLE tenant_state (
  scope BLOB NOT NULL,              -- hash of tenant and kind
  key BLOB NOT NULL,                -- hash of tenant, kind and key
  body BLOB NOT NULL,               -- nonce, ciphertext, tag
  expires INTEGER NOT NULL,         -- microseconds since 1970
  PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE INDEX tenant_state_by_age ON tenant_state (scope, expires);
CREATE INDEX tenant_state_by_expiry ON tenant_state (expires);
