"""The pages of the explorer (Streamlit), one file each, and what they are made of; reads published versions only."""
