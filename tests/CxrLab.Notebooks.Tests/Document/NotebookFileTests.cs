using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Document;

public sealed class NotebookFileTests : IDisposable
{
    private const string AsJupyterWrites = """
        {
         "cells": [
          {
           "attachments": {
            "a.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "one",
           "metadata": {
            "unknown": [
             1.0,
             1e5,
             true,
             null,
             {},
             []
            ]
           },
           "source": [
            "# Lunge 🫁 \"quoted\" \\ back\n",
            "äöü \u0001"
           ]
          }
         ],
         "metadata": {
          "kernelspec": {
           "name": ".net-csharp"
          },
          "own": {
           "z": 1,
           "a": 2
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_WhatWasRead_IsTheSameBytes()
    {
        string path = folder.Write("n.ipynb", AsJupyterWrites.ReplaceLineEndings("\n"));
        NotebookFile.Write(NotebookFile.Read(path), folder.File("copy.ipynb"));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(folder.File("copy.ipynb")));
    }

    [Fact]
    public void Write_ThroughALink_KeepsTheLinkAndLeavesNoDraft()
    {
        string path = folder.Write("n.ipynb", Build.Notebook("1"));
        File.CreateSymbolicLink(folder.File("link.ipynb"), path);
        NotebookFile.Write(NotebookFile.Read(path), folder.File("link.ipynb"));
        Assert.NotNull(new FileInfo(folder.File("link.ipynb")).LinkTarget);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Theory]
    [InlineData("{\n \"cells\": [,]\n}", "(2,12): this isn't valid JSON")]
    [InlineData("{\"cells\": [], \"cells\": []}", "this isn't valid JSON")]
    [InlineData("[1]", "no notebook")]
    [InlineData("{\"cells\": [], \"nbformat\": 3}", "only format 4")]
    [InlineData("{\"cells\": [], \"nbformat\": 4, \"metadata\": {\"kernelspec\": {\"name\": \"python3\"}}}", "'python3'")]
    public void Read_NotACsharpNotebook_SaysWhatAndWhere(string text, string expected)
    {
        string path = folder.Write("n.ipynb", text);
        var error = Assert.Throws<BadNotebookException>(() => NotebookFile.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CellsWithoutIds_GetTheSameIdsEachTime()
    {
        JsonObject old = Build.Notebook("1", "2");
        foreach (JsonNode? cell in old["cells"]!.AsArray()) cell!.AsObject().Remove("id");
        old["nbformat_minor"] = 2;
        string path = folder.Write("n.ipynb", old);
        Notebook first = NotebookFile.Read(path);
        Assert.Equal(2, first.CellsWithoutId);
        Assert.Equal(first.Cells.Select(cell => cell.Id), NotebookFile.Read(path).Cells.Select(cell => cell.Id));
        NotebookRules.AssertValid(first.Json);
    }

    [Fact]
    public void Cells_EmptyOnes_AreNotCounted()
    {
        string path = folder.Write("n.ipynb", Build.Notebook(Build.Markdown("text", "m"), Build.Code(" \n", "empty"), Build.Code("1", "one")));
        Assert.Equal([0, 0, 1], NotebookFile.Read(path).Cells.Select(cell => cell.Number));
    }

    [Fact]
    public void Find_Folder_GivesNotebooksByNameWithoutCheckpoints()
    {
        foreach (string name in new[] { "b.ipynb", "a.ipynb", "sub/c.ipynb", ".ipynb_checkpoints/a.ipynb", "note.txt" }) folder.Write(name, "{}");
        Assert.Equal(["a.ipynb", "b.ipynb", Path.Combine("sub", "c.ipynb")], NotebookPaths.Find([folder.Path]).Select(item => item.Relative));
        Assert.Throws<BadNotebookException>(() => NotebookPaths.Find([folder.File("note.txt")]));
        Assert.Throws<BadNotebookException>(() => NotebookPaths.Find([folder.File("absent.ipynb")]));
    }
}
