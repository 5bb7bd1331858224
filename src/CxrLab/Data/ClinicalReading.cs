using System.Globalization;
using System.Text.RegularExpressions;

namespace CxrLab.Data;

/// <summary>
/// Sex and age in a reading of Montgomery (<c>Patient's Sex: F</c>, <c>Patient's Age: 027Y</c>) or Shenzhen (<c>male 45yrs</c>, with
/// slips such as <c>femal</c>, and babies' ages as <c>16month</c> or <c>64days</c>).
/// </summary>
internal static partial class ClinicalReading
{
    private const long LargestFile = 64 * 1024; // readings are a few lines

    /// <exception cref="DataFormatException">The file is too large to be a reading.</exception>
    internal static (Sex Sex, double? Age) Read(string file)
    {
        if (new FileInfo(file).Length > LargestFile) throw new DataFormatException(file, null, "a reading is a few lines of text, but this file has more than 64 KB; is the folder the data set's?");
        return Parse(File.ReadAllText(file));
    }

    internal static (Sex Sex, double? Age) Parse(string text)
    {
        // Only the patient's lines: the findings below them may speak of "3 months ago".
        bool labelled = text.Contains("Patient's", StringComparison.OrdinalIgnoreCase);
        string first = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault("");
        Match sex = labelled ? LabelledSex().Match(text) : PlainSex().Match(first), age = labelled ? LabelledAge().Match(text) : PlainAge().Match(first);
        return (sex.Success ? char.ToUpperInvariant(sex.Groups[1].Value[0]) == 'F' ? Sex.Female : Sex.Male : Sex.Unknown, Years(age));
    }

    private static double? Years(Match age)
    {
        if (!age.Success) return null;
        double number = double.Parse(age.Groups[1].Value, CultureInfo.InvariantCulture);
        double years = char.ToUpperInvariant(age.Groups[2].Value[0]) switch { 'M' => number / 12, 'D' => number / 365.25, _ => number };
        return years <= 120 ? years : null;
    }

    [GeneratedRegex(@"Sex:\s*([FM])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LabelledSex();

    [GeneratedRegex(@"Age:\s*(\d{1,4})\s*([YMD])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LabelledAge();

    [GeneratedRegex(@"\b(fe?mal|male)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainSex();

    [GeneratedRegex(@"(\d{1,4})\s*([ymd])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainAge();
}
