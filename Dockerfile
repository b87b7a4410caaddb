# What a server runs: Python, the run-time lock, the bot. Nothing of it is writable for the bot.
FROM python:3.13-slim AS build
WORKDIR /src
# --without-pip: the image keeps no installer, this stage's own fills the environment.
RUN python -m venv --without-pip /app
COPY requirements.lock ./
RUN pip --python /app/bin/python install --no-cache-dir --no-compile --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY data data
# The build backend is pinned in pyproject.toml, and stays in this stage.
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel . \
 && pip --python /app/bin/python install --no-cache-dir --no-compile --no-deps /wheel/*.whl \
 # The root is read-only later on: what is not compiled now is compiled at every start.
 && /app/bin/python -m compileall -q /app/lib

FROM python:3.13-slim
RUN groupadd --gid 10001 scout \
 && useradd --uid 10001 --gid scout --no-create-home --home-dir /var/lib/gpu-scout \
      --shell /usr/sbin/nologin scout \
 && install --directory --owner scout --group scout --mode 700 /var/lib/gpu-scout
COPY --from=build /app /app
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/gpu-scout
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////var/lib/gpu-scout/gpu-scout.sqlite3 \
    HTTP_PORT=8080
# On the container's loopback; no port is exposed or published.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"HTTP_PORT\"]}/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["gpu-scout"]
CMD ["run"]
