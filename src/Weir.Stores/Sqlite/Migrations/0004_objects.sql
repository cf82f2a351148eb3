-- Objects at providers (files, uploads, batches, vector stores, results of batches) and the tenant each belongs to.
-- charged: lines of a batch's results that are in the ledger.
CREATE TABLE provider_objects (
  provider TEXT NOT NULL,
  id       TEXT NOT NULL,
  kind     TEXT NOT NULL,
  tenant   TEXT NOT NULL,
  team     TEXT,
  key      TEXT NOT NULL,
  created  INTEGER NOT NULL,
  charged  INTEGER NOT NULL,
  PRIMARY KEY (provider, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX provider_objects_id ON provider_objects (id, tenant);
