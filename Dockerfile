FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN /opt/venv/bin/pip install -r requirements.txt -c constraints.txt
COPY . .
# collectstatic reads no database; production settings only want one to be named.
RUN /opt/venv/bin/python scripts/compile_messages.py \
  && DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=only-for-this-step ALLOWED_HOSTS=localhost \
     DATABASE_URL=sqlite:///unused STATIC_ROOT=/app/static-collected \
     /opt/venv/bin/python manage.py collectstatic --no-input \
  && /opt/venv/bin/python -m compileall -q /app

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin fashion \
  && install -d -o fashion -g fashion /app/var/media /app/var/private
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
  DJANGO_SETTINGS_MODULE=config.settings.production STATIC_ROOT=/app/static-collected MEDIA_ROOT=/app/var/media \
  PRIVATE_ROOT=/app/var/private
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER fashion
VOLUME /app/var/media /app/var/private
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["python", "scripts/healthcheck.py"]
# WEB_CONCURRENCY sets the number of workers.
CMD ["gunicorn", "config.wsgi", "--pythonpath", "platform", "--bind", "0.0.0.0:8000", "--threads", "4", \
  "--worker-tmp-dir", "/dev/shm", "--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket", \
  "--access-logfile", "-"]
