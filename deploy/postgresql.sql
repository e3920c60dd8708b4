-- Run once by PostgreSQL's own administrator, as root: runuser -u postgres -- psql -v password="'a long random one'" -f /opt/tinbao/deploy/postgresql.sql
-- One role that owns one database: it makes and changes its own tables at every start (migrations).
CREATE ROLE tinbao LOGIN PASSWORD :password;
CREATE DATABASE tinbao OWNER tinbao ENCODING 'UTF8' TEMPLATE template0;
-- Nobody else on this server may look in.
REVOKE ALL ON DATABASE tinbao FROM PUBLIC;
