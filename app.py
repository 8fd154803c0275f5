"""Streamlit entry: navigation over the pages in `kg/explorer`, nothing else."""
