-- Every text that repeats is kept once; 0 stands for "none".
CREATE TABLE terms (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Attempts under way. A row found here at start was left by a process that died.
CREATE TABLE intents (
  request        TEXT NOT NULL,
  attempt        INTEGER NOT NULL,
  started        INTEGER NOT NULL,
  tenant         INTEGER NOT NULL,
  team           INTEGER NOT NULL,
  key            INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  provider       INTEGER NOT NULL,
  upstream_model INTEGER NOT NULL,
  operation      INTEGER NOT NULL,
  PRIMARY KEY (request, attempt)
) STRICT, WITHOUT ROWID;

-- Settled attempts; never changed. Costs are pico-dollars, usage tokens. Codes are the numbers of the enums AttemptOutcome, UsageSource, PriceState.
CREATE TABLE ledger (
  request        TEXT NOT NULL,
  attempt        INTEGER NOT NULL,
  started        INTEGER NOT NULL,
  tenant         INTEGER NOT NULL,
  team           INTEGER NOT NULL,
  key            INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  provider       INTEGER NOT NULL,
  upstream_model INTEGER NOT NULL,
  operation      INTEGER NOT NULL,
  outcome        INTEGER NOT NULL,
  status         INTEGER NOT NULL,
  usage_source   INTEGER NOT NULL,
  price_state    INTEGER NOT NULL,
  cost           INTEGER NOT NULL,
  input_uncached INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  input_audio    INTEGER NOT NULL,
  input_image    INTEGER NOT NULL,
  output_visible INTEGER NOT NULL,
  reasoning      INTEGER NOT NULL,
  output_audio   INTEGER NOT NULL,
  output_image   INTEGER NOT NULL,
  search_units   INTEGER NOT NULL,
  service_tier   INTEGER NOT NULL,
  region         INTEGER NOT NULL,
  price_row      INTEGER NOT NULL,
  served_model   INTEGER NOT NULL,
  error_code     INTEGER NOT NULL,
  first_token    INTEGER,
  duration       INTEGER NOT NULL,
  PRIMARY KEY (request, attempt)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_started ON ledger (started);

-- Finds the retries of a period, which must not be counted as calls of their own. Empty for first attempts.
CREATE INDEX ledger_retries ON ledger (started) WHERE attempt > 1;

-- Sums of the ledger per hour, written in the same transaction: reports over months read these.
CREATE TABLE usage_hourly (
  hour           INTEGER NOT NULL,  -- hours since 1970-01-01 UTC, of the start of the attempt
  tenant         INTEGER NOT NULL,
  team           INTEGER NOT NULL,
  key            INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  provider       INTEGER NOT NULL,
  attempts       INTEGER NOT NULL,
  estimated      INTEGER NOT NULL,
  unpriced       INTEGER NOT NULL,
  cost           INTEGER NOT NULL,
  input_uncached INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  input_audio    INTEGER NOT NULL,
  input_image    INTEGER NOT NULL,
  output_visible INTEGER NOT NULL,
  reasoning      INTEGER NOT NULL,
  output_audio   INTEGER NOT NULL,
  output_image   INTEGER NOT NULL,
  search_units   INTEGER NOT NULL,
  PRIMARY KEY (hour, tenant, team, key, model, provider)
) STRICT, WITHOUT ROWID;

-- Finished calls, refused ones included, with the decision record (JSON). usage: sums over all attempts.
CREATE TABLE requests (
  seq            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  started        INTEGER NOT NULL,
  operation      INTEGER NOT NULL,
  dialect        INTEGER NOT NULL,
  tenant         INTEGER NOT NULL,
  team           INTEGER NOT NULL,
  key            INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  target         INTEGER NOT NULL,
  stream         INTEGER NOT NULL,
  attempts       INTEGER NOT NULL,
  status         INTEGER NOT NULL,
  outcome        INTEGER NOT NULL,
  price_state    INTEGER NOT NULL,
  cost           INTEGER NOT NULL,
  input_uncached INTEGER NOT NULL,
  cache_read     INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  input_audio    INTEGER NOT NULL,
  input_image    INTEGER NOT NULL,
  output_visible INTEGER NOT NULL,
  reasoning      INTEGER NOT NULL,
  output_audio   INTEGER NOT NULL,
  output_image   INTEGER NOT NULL,
  search_units   INTEGER NOT NULL,
  service_tier   INTEGER NOT NULL,
  region         INTEGER NOT NULL,
  first_token    INTEGER,
  duration       INTEGER NOT NULL,
  decision       BLOB NOT NULL
) STRICT;

CREATE INDEX requests_started ON requests (started);
