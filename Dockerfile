# One image for web, worker, beat and migrate; docker-compose.yml says what each runs.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    STANDPOINT_VAR=/srv/standpoint/var

WORKDIR /srv/standpoint

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

RUN groupadd --system --gid 10001 standpoint \
    && useradd --system --uid 10001 --gid standpoint --home-dir /srv/standpoint standpoint

COPY . .

# Static files are part of the image. No server is asked, so the addresses lead nowhere.
RUN install -d -o standpoint -g standpoint var \
    && DATABASE_URL=postgres://build@127.0.0.1:1/build CELERY_BROKER_URL=redis://127.0.0.1:1/0 \
       STANDPOINT_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
       python manage.py collectstatic --no-input

USER standpoint

EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-m", "config.probe", "readyz"]

CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--timeout", "60", "--max-requests", "5000", \
     "--max-requests-jitter", "500", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", \
     "--access-logfile", "-"]
