import { expect, test } from 'vitest';
import { analyzeText } from './readFixture.ts';

const TRAIN = '\nfrom sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n';

test('paths that live code names are found, once, wherever they are given', async () => {
  const text = `import os
import pandas as pd
import numpy as np
ROOT = "data"
a = pd.read_csv(os.path.join(ROOT, "raw", "train.csv"))
b = np.load("/mnt/sets/faces.npy")
c = open('grö ße/labels.txt')
d = pd.read_csv("train.tsv")
e = pd.read_csv("train.tsv")
os.makedirs("out/models")
def unused():
    open("never.csv")
${TRAIN}`;
  expect((await analyzeText(text)).paths).toEqual([
    'data/raw/train.csv',
    '/mnt/sets/faces.npy',
    'grö ße/labels.txt',
    'train.tsv',
    'out/models',
  ]);
});

test('words, formats, addresses and patterns are no paths', async () => {
  const text = `import re
import requests
print("see data/train.csv")
requests.get("https://example.org/a.csv")
re.sub("a/b", "c", "d")
"%d/%m/%Y".format(1)
open("{}/x.csv".format(1))
SVC = None
${TRAIN}`;
  expect((await analyzeText(text)).paths).toEqual([]);
});
