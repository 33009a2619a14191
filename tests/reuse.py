"""Giving a PostgreSQL database back as it was: copying one for every test costs far more than most tests do.

A second schema keeps every table as it was, and how far each counter had come. Afterwards only the tables that a test
changed are written anew: those with a row from a later transaction, or with another number of rows. A database with
a table, column, index, trigger or function that is not as it was is not given back.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

#: Run once in a fresh copy, in one transaction: what it writes is not later than its mark.
KEEP = """
CREATE SCHEMA pristine;
CREATE TABLE pristine._tables (name text PRIMARY KEY, rows bigint);
CREATE TABLE pristine._counters (name text PRIMARY KEY, last bigint, used boolean);
CREATE TABLE pristine._mark (since bigint);
CREATE FUNCTION pristine.now() RETURNS bigint LANGUAGE sql AS $$
    SELECT pg_current_xact_id()::text::bigint & 4294967295
$$;
CREATE TABLE pristine._shape (catalog text, rows bigint);
CREATE VIEW pristine.shape AS
    SELECT 'class' AS catalog, count(*) AS rows, max(xmin::text::bigint) AS latest FROM pg_class
    UNION ALL SELECT 'attribute', count(*), max(xmin::text::bigint) FROM pg_attribute
    UNION ALL SELECT 'attrdef', count(*), max(xmin::text::bigint) FROM pg_attrdef
    UNION ALL SELECT 'constraint', count(*), max(xmin::text::bigint) FROM pg_constraint
    UNION ALL SELECT 'trigger', count(*), max(xmin::text::bigint) FROM pg_trigger
    UNION ALL SELECT 'proc', count(*), max(xmin::text::bigint) FROM pg_proc;
DO $$
DECLARE t text; n bigint; v bigint; u boolean; parts text[];
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', t, t);
        EXECUTE format('SELECT count(*) FROM public.%I', t) INTO n;
        INSERT INTO pristine._tables VALUES (t, n);
        parts := parts || format(
            'SELECT %L::text AS name, %s::bigint AS was, count(*) AS rows, max(xmin::text::bigint) AS latest'
            ' FROM public.%I', t, n, t);
    END LOOP;
    EXECUTE 'CREATE VIEW pristine.tables AS ' || array_to_string(parts, ' UNION ALL ');
    FOR t IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT last_value, is_called FROM public.%I', t) INTO v, u;
        INSERT INTO pristine._counters VALUES (t, v, u);
    END LOOP;
    INSERT INTO pristine._shape SELECT catalog, rows FROM pristine.shape;
    INSERT INTO pristine._mark VALUES (pristine.now());
END $$;
"""

_LEFT_OPEN = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
_SAME = """
SELECT bool_and(now.rows = was.rows AND now.latest <= mark.since)
FROM pristine.shape now JOIN pristine._shape was USING (catalog) CROSS JOIN pristine._mark mark
"""
_CHANGED = "SELECT name FROM pristine.tables, pristine._mark WHERE rows <> was OR latest > since"
_COUNTERS = "SELECT setval(format('public.%I', name)::regclass, last, used) FROM pristine._counters"
_MARK = "UPDATE pristine._mark SET since = pristine.now()"

#: Deleted rows are swept up once in so many times; nobody else does here.
SWEEP_EVERY = 40


def may_reuse(connection: psycopg.Connection) -> bool:
    """Only a superuser may write past keys and triggers, as restoring does."""
    found = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(found and found[0])


def keep(connection: psycopg.Connection) -> None:
    """Remember this database as it is now."""
    connection.execute(KEEP)


def restore(connection: psycopg.Connection, sweep: bool) -> bool:
    """Make it again what it was; False where more than rows was changed.

    Transactions that somebody left open end here; who is merely connected stays so.
    """
    connection.execute(_LEFT_OPEN, prepare=True)
    same = connection.execute(_SAME, prepare=True).fetchone()
    if not same or not same[0]:
        return False
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for (name,) in connection.execute(_CHANGED, prepare=True).fetchall():
            table = sql.Identifier(name)
            connection.execute(sql.SQL("DELETE FROM public.{}").format(table))
            connection.execute(sql.SQL("INSERT INTO public.{} SELECT * FROM pristine.{}").format(table, table))
        connection.execute(_COUNTERS, prepare=True)
        connection.execute(_MARK, prepare=True)
    if sweep:
        connection.execute("VACUUM")
    return True
