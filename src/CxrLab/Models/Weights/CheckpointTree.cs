using System.Globalization;

namespace CxrLab.Models;

/// <summary>
/// Finds the weights in what a checkpoint holds, and names everything: nested dictionaries become dotted keys (<c>optimizer.state.0.exp_avg</c>).
/// </summary>
internal sealed class CheckpointTree
{
    private const int MaxDepth = 32, MaxNodes = 1_000_000;
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "network", "weights"];

    private readonly string file;
    private int nodes;

    internal CheckpointTree(string file, object? root)
    {
        this.file = file;
        object? weights = root;
        string path = "";
        while (weights is PickleDict dictionary && Wrapper(dictionary) is { } name)
        {
            foreach ((object key, object? value) in dictionary.Items)
                if (!name.Equals(key)) Flatten(path + Text(key), value, Beside, Words, 1);
            weights = dictionary.Items.First(item => name.Equals(item.Key)).Value;
            path += name + ".";
            if (path.Count(letter => letter == '.') > 4) break;
        }

        Path = path.TrimEnd('.');
        if (weights is PickleTensor) throw new WeightsException(file, null, "a tensor without a name", "a dictionary of tensors");
        Flatten("", weights, Tensors, Words, 0);
        if (Tensors.Count == 0 && Beside.Count == 0) throw new WeightsException(file, null, $"no tensor in {PyTorchObjects.Kind(root)}", "a dictionary of tensors");
    }

    /// <summary>Where the weights stood, such as <c>state_dict</c>; empty at the top.</summary>
    internal string Path { get; }

    /// <summary>The weights by key.</summary>
    internal Dictionary<string, PickleTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Tensors that stood beside the weights, such as an optimizer's.</summary>
    internal Dictionary<string, PickleTensor> Beside { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers and words by key.</summary>
    internal Dictionary<string, string> Words { get; } = new(StringComparer.Ordinal);

    // A wrapper is a dictionary without tensors of its own that holds one under a customary name.
    private static string? Wrapper(PickleDict dictionary) => dictionary.Items.Any(item => item.Value is PickleTensor && item.Key is string key && key.Contains('.'))
        ? null
        : Array.Find(Wrappers, name => dictionary.Items.Count(item => name.Equals(item.Key) && item.Value is PickleDict) == 1);

    private void Flatten(string path, object? value, Dictionary<string, PickleTensor> tensors, Dictionary<string, string> words, int depth)
    {
        if (depth > MaxDepth) throw new WeightsException(file, path, $"more than {MaxDepth} dictionaries or lists inside each other", "weights");
        if (++nodes > MaxNodes) throw new WeightsException(file, null, $"more than {MaxNodes} values", "weights");
        string Below(object key) => path.Length == 0 ? Text(key) : $"{path}.{Text(key)}";
        switch (value)
        {
            case PickleDict dictionary:
                foreach ((object key, object? item) in dictionary.Items) Flatten(Below(key), item, tensors, words, depth + 1);
                break;
            case PickleList list:
                for (int i = 0; i < list.Items.Count; i++) Flatten(Below((long)i), list.Items[i], tensors, words, depth + 1);
                break;
            case PickleTensor tensor:
                Add(tensors, path, tensor);
                break;
            case null or bool or long or double or string:
                Add(words, path, Text(value));
                break;
            default:
                throw new WeightsException(file, path, PyTorchObjects.Kind(value), PyTorchObjects.Allowed);
        }
    }

    private void Add<T>(Dictionary<string, T> all, string key, T value)
    {
        if (!all.TryAdd(key, value)) throw new WeightsException(file, key, "the key twice", "each key once");
    }

    private static string Text(object? value) => value switch
    {
        null => "None",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
