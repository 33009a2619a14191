"""Giving a PostgreSQL database back as it was: copying one for every test costs far more than most tests do.

A second schema keeps every table as it was, and how far each counter had come. Afterwards only the tables that a test
changed are written anew: those with a row from a later transaction, or with another number of rows. A database whose
triggers, tables or indexes are no longer the same is not given back.
"""

from __future__ import annotations

import psycopg

#: Run once in a fresh copy.
KEEP = """
CREATE SCHEMA pristine;
CREATE TABLE pristine._tables (name text PRIMARY KEY, rows bigint);
CREATE TABLE pristine._counters (name text PRIMARY KEY, last bigint, used boolean);
CREATE TABLE pristine._mark (since bigint);
CREATE FUNCTION pristine.shape() RETURNS text LANGUAGE sql AS $$
    SELECT md5(
        (SELECT coalesce(string_agg(tgname, ',' ORDER BY tgname), '') FROM pg_trigger WHERE NOT tgisinternal)
        || (SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'public')
        || (SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public')
    )
$$;
CREATE TABLE pristine._shape AS SELECT pristine.shape() AS was;
DO $$
DECLARE t text; n bigint; v bigint; u boolean;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', t, t);
        EXECUTE format('SELECT count(*) FROM public.%I', t) INTO n;
        INSERT INTO pristine._tables VALUES (t, n);
    END LOOP;
    FOR t IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT last_value, is_called FROM public.%I', t) INTO v, u;
        INSERT INTO pristine._counters VALUES (t, v, u);
    END LOOP;
    INSERT INTO pristine._mark VALUES (pg_current_xact_id()::text::bigint);
END $$;
CREATE FUNCTION pristine.restore() RETURNS int LANGUAGE plpgsql AS $$
DECLARE t record; n bigint; newest boolean; mark bigint; changed int := 0;
BEGIN
    SELECT since INTO mark FROM pristine._mark;
    FOR t IN SELECT name, rows FROM pristine._tables LOOP
        EXECUTE format(
            'SELECT count(*), coalesce(bool_or(xmin::text::bigint > %s), false) FROM public.%I', mark, t.name
        ) INTO n, newest;
        IF newest OR n <> t.rows THEN
            EXECUTE format('DELETE FROM public.%I', t.name);
            EXECUTE format('INSERT INTO public.%I SELECT * FROM pristine.%I', t.name, t.name);
            changed := changed + 1;
        END IF;
    END LOOP;
    PERFORM setval(format('public.%I', name)::regclass, last, used) FROM pristine._counters;
    UPDATE pristine._mark SET since = pg_current_xact_id()::text::bigint;
    RETURN changed;
END $$;
"""

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
    """Make it again what it was, whoever is still connected; False where more than rows was changed."""
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    same = connection.execute("SELECT pristine.shape() = was FROM pristine._shape").fetchone()
    if not same or not same[0]:
        return False
    connection.execute("SET session_replication_role = replica")
    connection.execute("SELECT pristine.restore()")
    if sweep:
        connection.execute("VACUUM")
    return True
