-- Attempts of copies (mirrored calls) are told apart from calls by the id of their request, which ends in ~ and a number.
ALTER TABLE ledger ADD COLUMN shadow INTEGER GENERATED ALWAYS AS (request GLOB '?*~*') VIRTUAL;

-- The hourly sums keep copies and calls apart. Made anew from the ledger, of which they are the sums.
DROP TABLE usage_hourly;

CREATE TABLE usage_hourly (
  hour           INTEGER NOT NULL,  -- hours since 1970-01-01 UTC, of the start of the attempt
  tenant         INTEGER NOT NULL,
  team           INTEGER NOT NULL,
  key            INTEGER NOT NULL,
  model          INTEGER NOT NULL,
  provider       INTEGER NOT NULL,
  shadow         INTEGER NOT NULL,  -- 1 = copies
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
  images         INTEGER NOT NULL,
  audio_seconds  INTEGER NOT NULL,
  characters     INTEGER NOT NULL,
  PRIMARY KEY (hour, tenant, team, key, model, provider, shadow)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_hourly
SELECT started / 3600000000, tenant, team, key, model, provider, shadow, count(*), sum(price_state = 1), sum(price_state = 2), sum(cost),
  sum(input_uncached), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(input_audio), sum(input_image), sum(output_visible),
  sum(reasoning), sum(output_audio), sum(output_image), sum(search_units), sum(images), sum(audio_seconds), sum(characters)
FROM ledger GROUP BY 1, 2, 3, 4, 5, 6, 7;
