# Tin Báo in a container. How to run it: docs/operations.md, "In containers".
ARG PYTHON=3.13

FROM python:${PYTHON}-slim-bookworm AS build
WORKDIR /opt/tinbao
RUN python -m venv .venv
COPY requirements.txt ./
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
# What is let in is listed in .dockerignore.
COPY . ./source
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation ./source \
    && .venv/bin/tinbao --help > /dev/null

FROM python:${PYTHON}-slim-bookworm
RUN groupadd --system --gid 10001 tinbao \
    && useradd --system --uid 10001 --gid tinbao --home-dir /var/lib/tinbao --shell /usr/sbin/nologin tinbao \
    && install -d -o tinbao -g tinbao -m 700 /var/lib/tinbao
COPY --from=build /opt/tinbao/.venv /opt/tinbao/.venv
ENV PATH=/opt/tinbao/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TINBAO_DATA_DIR=/var/lib/tinbao \
    TINBAO_HOST=0.0.0.0 \
    TINBAO_PORT=8080
USER 10001:10001
WORKDIR /var/lib/tinbao
VOLUME /var/lib/tinbao
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/health/live', timeout=5)"]
ENTRYPOINT ["tinbao"]
CMD ["run"]
