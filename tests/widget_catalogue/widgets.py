"""One of every widget that brings English words of its own; its labels are Chinese."""

import pandas as pd
import streamlit as st

language = st.query_params.get("lang", "zh")
if st.toggle("换语言"):
    language = "en" if language == "zh" else "zh"
st.html(f'<span id="frontline-state" data-language="{language}" hidden></span>')

st.sidebar.write("侧栏")
st.file_uploader("单个文件", type=["csv"])
st.file_uploader("多个文件", accept_multiple_files=True)
st.selectbox("单选", ["甲", "乙"], index=None)
st.multiselect("多选", ["甲", "乙", "丙"])
st.date_input("日期", value=None)
st.date_input("起止", value=[])
st.text_input("文字", help="怎么填")
st.number_input("数字", value=None)
st.dataframe(pd.DataFrame({"断面": ["胡家新河", "费家河"], "值": [1.0, 2.0]}), key="table")
st.plotly_chart({"data": [{"x": [1, 2], "y": [3, 4]}]}, key="chart")
st.download_button("取走", b"1", "a.csv")
st.code("一二三")
with st.expander("折叠"):
    st.write("里面")
