-- Below it every transaction of this database has ended, so no event can appear there any more. PostgreSQL numbers the
-- transactions of all its databases in one row: an open one of another database cannot write here, and must not hold
-- back our news until it ends. Of which database an open one is, its lock says; one that has no lock to be seen (it is
-- just beginning or ending, or is prepared) counts as ours.
create function gr.settled_below() returns xid8
  language sql stable
  as $$ select least(pg_current_xact_id_if_assigned(), coalesce(min(open.xid), pg_snapshot_xmax(pg_current_snapshot())))
        from pg_snapshot_xip(pg_current_snapshot()) as open(xid)
        where not exists (
          select from pg_locks l join pg_stat_activity a on a.pid = l.pid
          where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.transactionid = open.xid::xid
            and a.datid <> (select d.oid from pg_database d where d.datname = current_database())) $$;

drop function gr.webhooks_due(int);
create function gr.webhooks_due(most int) returns table (organisation_id uuid, client_id uuid, id uuid)
  language sql stable security definer set search_path = gr, pg_temp
  as $$ select w.organisation_id, w.client_id, w.id from gr.webhook w
        where w.active and w.rests_until <= now()
          and (exists (select from gr.webhook_delivery d
                       where d.organisation_id = w.organisation_id and d.webhook_id = w.id
                         and d.state in ('pending', 'failed') and d.next_at <= now())
               or exists (select from gr.event e
                          where e.organisation_id = w.organisation_id and (e.xid, e.id) > (w.after_xid, w.after_id)
                            and e.xid < (select gr.settled_below())))
        order by w.rests_until, w.id limit most $$;
select gr.definer('gr.webhooks_due(int)');
