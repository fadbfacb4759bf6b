# docker build -t gatewalk . && docker run --rm -p 8501:8501 gatewalk
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /srv/gatewalk
COPY requirements.txt .
# torch for the CPU alone: the usual wheel brings gigabytes of CUDA.
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu \
        "$(grep '^torch==' requirements.txt)+cpu" -r requirements.txt

RUN useradd --create-home --uid 10001 gatewalk
COPY --chown=gatewalk .streamlit .streamlit
COPY --chown=gatewalk cells cells
COPY --chown=gatewalk app app
COPY --chown=gatewalk pages pages
USER 10001

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app/main.py", "--server.headless=true", "--server.address=0.0.0.0", "--server.port=8501"]
