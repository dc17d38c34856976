#!/bin/sh
# Run once by the image of PostgreSQL, when its data folder is empty. What the host's own role may do is granted by the host.
set -eu
psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname="${POSTGRES_DB:-postgres}" \
  --set=owner_password="$OWNER_PASSWORD" --set=app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE castellan_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE castellan_app LOGIN PASSWORD :'app_password';
CREATE DATABASE castellan OWNER castellan_owner;
REVOKE ALL ON DATABASE castellan FROM PUBLIC;
GRANT CONNECT ON DATABASE castellan TO castellan_app;
SQL
