using System.Reflection;

namespace CxrLab.Tests.Architecture;

/// <summary>Everything of an assembly that others can call, one line each, so that a change shows in a diff.</summary>
internal static class PublicApi
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Namespace → sorted lines.</summary>
    internal static IReadOnlyDictionary<string, string[]> Of(Assembly assembly) => assembly.GetExportedTypes()
        .GroupBy(type => type.Namespace ?? "")
        .ToDictionary(group => group.Key, group => group.SelectMany(Lines).Distinct().Order(StringComparer.Ordinal).ToArray());

    private static IEnumerable<string> Lines(Type type)
    {
        string name = Name(type);
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        string[] bases = [.. type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? new[] { Name(parent) } : [], .. type.GetInterfaces().Where(one => one.Namespace!.StartsWith("CxrLab", StringComparison.Ordinal)).Select(Name).Order(StringComparer.Ordinal)];
        yield return $"{name} ({kind}{(bases.Length > 0 ? " : " : "")}{string.Join(", ", bases)})";
        foreach (MemberInfo member in type.GetMembers(Own))
            if (Line(member) is { } line) yield return $"{name}.{line}";
    }

    private static string? Line(MemberInfo member) => member switch
    {
        // What the compiler writes into every record is no decision of ours.
        { Name: "EqualityContract" or "PrintMembers" or "<Clone>$" or "Deconstruct" or "GetHashCode" or "Equals" or "op_Equality" or "op_Inequality" or "value__" } => null,
        ConstructorInfo constructor when Visible(constructor) && !IsCopy(constructor) => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when Visible(method) => $"{Word(method)}{method.Name}{Generic(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } access && Visible(access) =>
            $"{Word(access)}{property.Name}{Index(property)} {{ {(property.GetMethod is { } get && Visible(get) ? "get; " : "")}{(property.SetMethod is { } set && Visible(set) ? IsInit(set) ? "init; " : "set; " : "")}}} : {Name(property.PropertyType)}",
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => field.IsLiteral
            ? $"const {field.Name} = {field.GetRawConstantValue()} : {Name(field.FieldType)}"
            : $"{field.Name} : {Name(field.FieldType)}",
        EventInfo happening when Visible(happening.AddMethod!) => $"event {happening.Name} : {Name(happening.EventHandlerType!)}",
        _ => null,
    };

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopy(ConstructorInfo constructor) => !constructor.IsPublic && constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static string Word(MethodInfo method) => (method.IsStatic ? "static " : "") + (method.IsPublic ? "" : "protected ")
        + (method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : method.GetBaseDefinition() != method ? "override " : method.IsVirtual && !method.IsFinal && !method.DeclaringType!.IsInterface ? "virtual " : "");

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Index(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(Parameter))}]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}";

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue is null ? "default" : FormattableString.Invariant($"{parameter.DefaultValue}");

    private static string Name(Type type)
    {
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
