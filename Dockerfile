# The service alone; its store is a file in /data, or the database that SFKG_STORE names.
FROM python:3.11-slim

RUN useradd --uid 10001 --no-create-home sfkg && install -d -o sfkg -g sfkg /data
WORKDIR /app
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY ontology ontology
COPY kg kg
COPY ingest ingest
COPY api api
RUN pip install --no-cache-dir -c requirements.lock .

USER sfkg
ENV SFKG_DATA=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
CMD ["sfkg", "serve"]
