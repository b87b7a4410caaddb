# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /app && /app/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY cogs cogs
COPY data data
# The build backend is needed here alone, and pinned in pyproject.toml.
RUN python -m venv /builder \
 && /builder/bin/pip install --no-cache-dir build==1.3.0 \
 && /builder/bin/python -m build --wheel --outdir /wheel . \
 && /app/bin/pip install --no-cache-dir --no-deps /wheel/*.whl \
 && /app/bin/python -m compileall -q /app/lib

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/gpu-scout scout
COPY --from=build /app /app
USER scout
WORKDIR /var/lib/gpu-scout
ENV PATH=/app/bin:$PATH \
    DATABASE_URL=sqlite:////var/lib/gpu-scout/gpu-scout.sqlite3
VOLUME /var/lib/gpu-scout
STOPSIGNAL SIGTERM
ENTRYPOINT ["gpu-scout"]
CMD ["run"]
