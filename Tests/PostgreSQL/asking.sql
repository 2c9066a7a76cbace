-- How a statement is asked about, and the asking. The store's own are in the file :statements.

SET client_min_messages = warning;

CREATE TEMPORARY TABLE asked (
  number bigint GENERATED ALWAYS AS IDENTITY, place text NOT NULL, said text NOT NULL,
  problem text);

-- Prepares a statement and plans it, which also finds the key that a conflict is about. Values are
-- whole numbers, texts and bytes; a number that PostgreSQL takes for a smaller one could overflow.
CREATE FUNCTION problem(said text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  types regtype[];
  nulls text;
BEGIN
  EXECUTE 'PREPARE statement AS ' || said;
  SELECT parameter_types INTO types FROM pg_prepared_statements WHERE name = 'statement';
  FOR place IN 1 .. cardinality(types) LOOP
    IF types[place] NOT IN ('bigint'::regtype, 'text'::regtype, 'bytea'::regtype) THEN
      RAISE EXCEPTION '$% is taken for %', place, types[place];
    END IF;
    nulls := concat_ws(', ', nulls, 'NULL');
  END LOOP;
  EXECUTE 'EXPLAIN EXECUTE statement' || coalesce('(' || nulls || ')', '');
  DEALLOCATE statement;
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  DEALLOCATE ALL;
  RETURN SQLERRM;
END $$;

\i :statements

SET plan_cache_mode = force_generic_plan;
UPDATE pg_temp.asked SET problem = problem(said);

-- A check that can not fail proves nothing: what SQLite understands and PostgreSQL does not, or
-- takes for something else, has to be found out.
DO $$
DECLARE
  mistake text;
BEGIN
  FOREACH mistake IN ARRAY ARRAY[
    'SELECT id FROM lot WHERE expires_at IS $1',
    'SELECT max(remaining, held) FROM lot',
    'SELECT rowid FROM lot',
    'SELECT id FROM hold WHERE is_open',
    'SELECT id FROM hold WHERE id = 7',
    'SELECT name FROM member_group WHERE visits = 1 GROUP BY joins_on',
    'UPDATE lot SET held = held + 1 WHERE remaining > $1 + 1',
    'INSERT OR IGNORE INTO code (digest, pool) VALUES ($1, $2)',
    'INSERT INTO code_pool (name, codes) VALUES ($1, $2) ON CONFLICT (codes) DO NOTHING',
    'INSERT INTO code_pool (name, codes) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET codes = codes + 1']
  LOOP
    IF problem(mistake) IS NULL THEN RAISE EXCEPTION 'not found out: %', mistake; END IF;
  END LOOP;
END $$;

-- Counts one use with the store's own statement, and waits a moment before it commits.
CREATE TABLE tried (changed bigint NOT NULL);
CREATE TABLE counting AS SELECT said FROM pg_temp.asked
  WHERE said LIKE 'INSERT INTO campaign_usage%'
  AND said LIKE '%uses_maximum = excluded.uses_maximum%';
CREATE FUNCTION try_to_count() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changed bigint;
BEGIN
  EXECUTE (SELECT said FROM counting) USING 'spring', 'total', '', '', 5::bigint, 100::bigint,
    NULL::bigint;
  GET DIAGNOSTICS changed = ROW_COUNT;
  INSERT INTO tried VALUES (changed);
  PERFORM pg_sleep(0.001);
END $$;

\o :refused
SELECT place || ': ' || problem || E'\n' || said || E'\n' FROM pg_temp.asked
  WHERE problem IS NOT NULL ORDER BY number;
\o :questions
SELECT '\qecho ' || quote_literal(place) || E'\n' || said || ' \gdesc' FROM pg_temp.asked
  WHERE problem IS NULL AND said ~ '^\s*(SELECT|WITH)|RETURNING' ORDER BY number;
\o :described
\i :questions
\o
SELECT 'ok: ' || count(*) || ' statements, ' || :scripts || ' of transactions, ' || :steps
  || ' migrations; ' || :alone || ' are for SQLite alone'
  FROM pg_temp.asked;
