using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Reads checkpoints that <c>torch.save</c> of PyTorch 1.6 and newer wrote: dictionaries of tensors, numbers and words, however nested. The file is read as
/// data and never as a program; a Python object of any other kind is refused by its name.
/// </summary>
public static class PyTorchCheckpoint
{
    /// <summary>
    /// Reads all tensors to the CPU; float16 and bfloat16 widen to float32. Where the weights stand inside (<c>state_dict</c>, <c>model</c>, …), what stands
    /// beside them is named in the notes. Tensors that shared memory when they were saved share it again.
    /// </summary>
    /// <param name="path">A <c>.pt</c> or <c>.pth</c> file.</param>
    /// <returns>Tensors that belong to the caller's dispose scope.</returns>
    /// <exception cref="WeightsException">The file is damaged, or holds something that isn't data.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WeightsFile Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var archive = new PyTorchArchive(path, stream);
        var objects = new PyTorchObjects(path, archive.Length);
        var tree = new CheckpointTree(path, new PickleReader(path, archive.Pickle(), objects).Read());
        using var scope = NewDisposeScope();
        var storages = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string key, PickleTensor tensor) in tree.Tensors) tensors.Add(key, View(archive, storages, tensor));
        foreach (Tensor tensor in tensors.Values) tensor.MoveToOuterDisposeScope();
        return new WeightsFile(path, "PyTorch", tensors, tree.Words, [.. Notes(tree)]);
    }

    private static IEnumerable<string> Notes(CheckpointTree tree)
    {
        if (tree.Path.Length > 0) yield return $"weights taken from '{tree.Path}'";
        foreach (IGrouping<string, string> part in tree.Beside.Keys.GroupBy(key => key.Split('.')[0])) yield return $"left out, beside the weights: {part.Count()} tensor{(part.Count() == 1 ? "" : "s")} of '{part.Key}'";
    }

    private static Tensor View(PyTorchArchive archive, Dictionary<string, Tensor> storages, PickleTensor tensor)
    {
        if (!storages.TryGetValue(tensor.Storage.Key, out Tensor? storage))
            storages[tensor.Storage.Key] = storage = Read(archive, tensor.Storage);
        return storage.as_strided(tensor.Shape, tensor.Stride, tensor.Offset);
    }

    private static Tensor Read(PyTorchArchive archive, PickleStorage storage)
    {
        using var scope = NewDisposeScope();
        Tensor stored = empty([storage.Count], storage.Type.Stored);
        if (storage.Count > 0) archive.Read("data/" + storage.Key, stored.bytes);
        // A byte other than 0 and 1 is no valid bool for libtorch, so bools come in as bytes.
        Tensor loaded = storage.Type.Loaded == ScalarType.Bool ? stored.ne(zeros_like(stored)) : stored.to_type(storage.Type.Loaded);
        return loaded.MoveToOuterDisposeScope();
    }
}
